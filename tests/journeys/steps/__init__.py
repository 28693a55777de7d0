"""What the persons of a journey do and see, in sentences, by part of the product."""
