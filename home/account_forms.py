"""allauth's forms in the words of the site: labels say it, fields are empty."""

from allauth.account import forms
from django.utils.translation import gettext_lazy as _


class Plain:
    """Without the label repeated inside the field, where it vanishes when one types."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            # The validators say the same in four lines, and again when one is broken.
            self.fields["password1"].help_text = _(
                "At least eight characters, not only digits. A short sentence is good."
            )


class LoginForm(Plain, forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail or user name")
        # The page has its own way to a new password.
        self.fields["password"].help_text = ""


class SignupForm(Plain, forms.SignupForm):
    pass


class AddEmailForm(Plain, forms.AddEmailForm):
    pass


class ChangePasswordForm(Plain, forms.ChangePasswordForm):
    pass


class SetPasswordForm(Plain, forms.SetPasswordForm):
    pass


class ResetPasswordForm(Plain, forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Plain, forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(Plain, forms.ReauthenticateForm):
    pass
