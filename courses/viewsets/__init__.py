"""How the records of teaching are listed and edited in the Wagtail admin."""
