"""If it were signed today: what recognising a review would come to, worked out and rolled back."""
