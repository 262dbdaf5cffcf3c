"""What surveys and crime tables say in their files; app/importing reads them."""
