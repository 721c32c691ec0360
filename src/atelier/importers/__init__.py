"""Other tools' decks, rewritten as a folder with a deck of this format and a report of what could not be carried."""
