//! asepsis-vuln.
