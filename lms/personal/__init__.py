"""The register of what the database holds about people; see docs/privacy.md."""
