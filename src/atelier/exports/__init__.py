"""What is drawn into files: PDF and PNG, from the same display lists as the screen."""
