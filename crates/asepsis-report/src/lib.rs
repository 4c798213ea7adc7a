//! asepsis-report.
