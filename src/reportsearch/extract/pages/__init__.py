"""Files made of pages (PDF, OFD, pictures): from placed characters to paragraphs."""
