"""A first load that several workers share: its plan, its workers, its end."""
