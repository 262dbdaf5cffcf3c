"""The course of an incident as files to take along: PDF, CSV, JSON, and a package that proves itself."""
