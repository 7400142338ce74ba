"""Files made of pages (PDF, OFD, pictures): from positioned characters to paragraphs."""
