"""Reading the sentence around figures: what kinds of checks share to see which relation a text asserts."""
