"""Residents who ask to be written to: a code shows whose the number is; signing off takes two taps."""
