"""From frozen content to the page: what is set where, in letters of which size."""
