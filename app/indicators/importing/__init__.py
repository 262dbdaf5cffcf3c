"""Reading what people upload: files, cells, rows, and the worker that goes through them."""
