"""Django's rules for passwords, saying in plain Swedish what is wrong and what to do."""

from django.contrib.auth import password_validation as django
from django.utils.translation import gettext as _


class Length(django.MinimumLengthValidator):
    """Long enough to be a sentence."""

    def get_error_message(self) -> str:
        """Say how long."""
        return _("Lösenordet är för kort. Skriv minst %d tecken, till exempel en hel mening.") % (
            self.min_length
        )

    def get_help_text(self) -> str:
        """Say how long, before anything is wrong."""
        return _("Minst %d tecken. En hel mening är lätt att minnas.") % self.min_length


class NotCommon(django.CommonPasswordValidator):
    """Not among those that are guessed first."""

    def get_error_message(self) -> str:
        """Say why."""
        return _("Lösenordet är så vanligt att det provas först. Välj ett annat.")

    def get_help_text(self) -> str:
        """Say so before anything is wrong."""
        return _("Inget vanligt lösenord.")


class NotNumeric(django.NumericPasswordValidator):
    """Not a number alone."""

    def get_error_message(self) -> str:
        """Say what is missing."""
        return _("Lösenordet är bara siffror. Ta med ord också.")

    def get_help_text(self) -> str:
        """Say so before anything is wrong."""
        return _("Inte bara siffror.")


class NotAboutYou(django.UserAttributeSimilarityValidator):
    """Not the person's own name, user name or e-mail address."""

    def get_error_message(self) -> str:
        """Say what it resembles."""
        return _("Lösenordet liknar ditt %(verbose_name)s. Välj något som inte handlar om dig.")

    def get_help_text(self) -> str:
        """Say so before anything is wrong."""
        return _("Inte ditt namn, ditt användarnamn eller din e-postadress.")
