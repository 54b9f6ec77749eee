"""The second floor: Content comes in, what is not as it ought to be goes out, as findings. `check.every_rule` asks them all."""
