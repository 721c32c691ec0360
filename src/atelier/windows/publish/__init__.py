"""A talk or deck as a draft on a site: the dialog, and what it shows."""
