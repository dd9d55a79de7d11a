"""The front door."""

from .home import HomePage
from .site import SiteSettings
from .user import User

__all__ = ["HomePage", "SiteSettings", "User"]
