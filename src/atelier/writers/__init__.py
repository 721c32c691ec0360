"""An article as files: drafts in the formats of blogs, documents."""
