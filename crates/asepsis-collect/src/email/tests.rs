//! The collector against name servers on loopback.
