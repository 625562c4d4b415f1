"""What the tap reads, and when its state moves."""
