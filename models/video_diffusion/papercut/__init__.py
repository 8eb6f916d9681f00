"""Papercut: a drawn world with captions, at any size, crop and moment, from a seed."""
