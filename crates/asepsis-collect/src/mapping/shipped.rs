//! The mappings that come with the program: tables of systems that many have. Each file says from where
//! its columns are known.

use super::Mapping;

const FILES: [&str; 1] = [include_str!("../../mappings/servicenow-computers.toml")];

/// All of them; not yet held against the schemas.
pub fn shipped() -> impl Iterator<Item = Mapping> {
    FILES.iter().filter_map(|text| Mapping::parse(text.as_bytes()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_read_and_fits_its_schema() {
        for text in FILES {
            let mapping = Mapping::parse(text.as_bytes()).unwrap();
            mapping.clone().fit(&super::super::tests::schema(&mapping.schema)).unwrap();
            assert!(!mapping.source.is_empty(), "{} says not from where", mapping.id);
        }
    }
}
