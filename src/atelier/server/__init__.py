"""The server on the local network, in a process of its own: remotes on telephones."""
