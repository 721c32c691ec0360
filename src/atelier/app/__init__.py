"""The composition root: the only place that builds long-lived objects and wires them."""
