"""The presenter console: what the speaker sees, and the room does not."""
