"""Placing frames, world transforms, spatial index, camera flights. No Qt."""
