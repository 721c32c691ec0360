"""An article onto a site that somebody names: the only part of the program that sends anything over a network."""
