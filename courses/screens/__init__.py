"""What the pages of the site show, gathered for their templates in few queries."""
