"""Logging in through the municipality's own service by SAML: what it says, put as OpenID Connect does.

Everything after that is one and the same (roles/login/sso.py): who is matched, which groups follow.
python3-saml judges signature, audience, address and time; django-allauth lets an answer count once.
"""

from typing import Any

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Saml
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as Xml

CLAIMS = {"email": "email", "username": "preferred_username", "email_verified": "email_verified"}


class Service(SAMLProvider):
    """The service, as django-allauth knows it."""

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        """Return the login; PermissionDenied when what is signed answers another question.

        The number of the question stands in the answer and in the assertion inside it. Often only
        the assertion is signed: without this, a stolen one would fit a question of the thief's own.
        """
        answer = Xml.to_etree(response.get_last_response_xml())
        asked = {
            of.get("InResponseTo") for of in Xml.query(answer, "//saml:SubjectConfirmationData")
        }
        if asked != {response.get_last_response_in_response_to()}:
            raise PermissionDenied("The assertion does not answer this question.")
        return super().sociallogin_from_response(request, response)

    def extract_uid(self, data: Any) -> str:
        """Return the service's own id of the person; PermissionDenied when it changes every time."""
        uid = self._extract(data).get("uid")
        if uid is None and data.get_nameid_format() == Saml.NAMEID_TRANSIENT:
            raise PermissionDenied("The NameID is transient: set SAML_UID to a lasting attribute.")
        return str(uid or data.get_nameid() or "")

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Return every attribute by its own name, and those RegIT asks for by those of OpenID."""
        known = self._extract(data)
        claims = {CLAIMS[name]: value for name, value in known.items() if name in CLAIMS}
        return {"userinfo": {**data.get_attributes(), **claims}}
