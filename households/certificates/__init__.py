"""The book of certificates: which number each poor and near-poor household was given."""
