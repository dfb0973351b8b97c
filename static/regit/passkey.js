/* Inloggningsnycklar: asks the browser for one, and sends what it says in an ordinary form. */
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const ask = {
    create: (q) => navigator.credentials.create({ publicKey: {
      ...q,
      challenge: bytes(q.challenge),
      user: { ...q.user, id: bytes(q.user.id) },
      excludeCredentials: named(q.excludeCredentials),
    } }),
    get: (q) => navigator.credentials.get({ publicKey: {
      ...q,
      challenge: bytes(q.challenge),
      allowCredentials: named(q.allowCredentials),
    } }),
  };
  const said = (found) => {
    const { id, rawId, type, response } = found;
    const parts = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) parts[name] = text(response[name]);
    }
    if (response.getTransports) parts.transports = response.getTransports();
    return JSON.stringify({
      id, type, rawId: text(rawId), response: parts, clientExtensionResults: found.getClientExtensionResults(),
    });
  };

  const usable = window.isSecureContext && window.PublicKeyCredential && navigator.credentials;
  for (const form of usable ? document.querySelectorAll("form[data-passkey]") : []) {
    const error = form.querySelector("[data-passkey-error]");
    form.querySelector("[data-passkey-needs]").hidden = true;
    form.querySelector("[data-passkey-button]").hidden = false;
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      if (form.dataset.asking) return;
      form.dataset.asking = "1";
      error.hidden = true;
      try {
        form.elements.credential.value = said(await ask[form.dataset.passkey](JSON.parse(form.dataset.question)));
        form.submit();
      } catch {
        error.hidden = false;
      }
      delete form.dataset.asking;
    });
  }
})();
