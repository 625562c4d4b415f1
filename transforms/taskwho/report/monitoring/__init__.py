"""What tells people and machines of a run: an alert to a webhook, numbers for Prometheus."""
