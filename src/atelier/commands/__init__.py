"""The table of user-visible actions, the keys that lead to them, and what runs them. No Qt."""
