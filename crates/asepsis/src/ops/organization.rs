//! Say who is assessed: name, what decides the size, domains, sites, adopted sub-practices.

use asepsis_core::catalog::{Catalog, SizeAttribute};
use asepsis_core::evidence::Record;
use asepsis_core::organization::{Organization, Sector, Site, Size};
use asepsis_core::time::Timestamp;

use super::home::{By, Home, HomeError};

/// Most that an organization takes in, in US dollars a year: above all hospital systems there are.
const MAX_REVENUE: u64 = 1_000_000_000_000;

/// Changes to the organization's record; what is absent stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Its name.
    pub name: Option<String>,
    /// Rows of the size table: a column's name, or a number where the row has bounds.
    pub attributes: Vec<(String, String)>,
    /// Rows of the size table about which nothing is known any more.
    pub forget: Vec<String>,
    /// A size chosen in spite of the table; `None` inside takes the choice back.
    pub size: Option<Option<Size>>,
    /// Domains to add.
    pub domains: Vec<String>,
    /// Domains that are no longer its own.
    pub drop_domains: Vec<String>,
    /// Sub-practices of a larger size to take on.
    pub adopt: Vec<String>,
    /// Sub-practices that were taken on by choice and no longer are.
    pub drop_adopted: Vec<String>,
    /// Sites to add or change.
    pub sites: Vec<Site>,
    /// Names of sites that are no longer its own.
    pub drop_sites: Vec<String>,
    /// In health care, or not.
    pub sector: Option<Sector>,
    /// US dollars a year that it takes in; `None` inside takes it back.
    pub revenue: Option<Option<u64>>,
    /// IANA time zone.
    pub zone: Option<String>,
}

/// A change that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The ledger cannot be used.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// Not a row of the size table.
    #[error("{given:?} is not a row of the size table; its rows are {known}")]
    Attribute {
        /// What was given.
        given: String,
        /// What there is.
        known: String,
    },
    /// Neither a column nor a number.
    #[error("{given:?} does not fit {attribute}: give small, medium or large{number}")]
    Column {
        /// Of which row.
        attribute: String,
        /// What was given.
        given: String,
        /// Whether a number would do.
        number: &'static str,
    },
    /// Not a sub-practice.
    #[error("there is no sub-practice {0:?}")]
    SubPractice(String),
    /// Not a domain.
    #[error("{given:?} is not a mail domain: {why}")]
    Domain {
        /// What was given.
        given: String,
        /// Why not.
        why: String,
    },
    /// A domain to drop that is not there.
    #[error("{given:?} is not among your mail domains: {}", if known.is_empty() { "none yet" } else { known })]
    NotYours {
        /// What was given.
        given: String,
        /// What there is.
        known: String,
    },
    /// More than anybody takes in.
    #[error("{0} dollars a year is more than any organization takes in")]
    Revenue(u64),
    /// Not a time zone.
    #[error("{0:?} is not a time zone as in America/Chicago")]
    Zone(String),
}

/// The rows of the size table that speak of those who care for patients.
const OF_HEALTH_CARE: [&str; 6] =
    ["exchange", "physicians", "providers", "beds", "complexity", "kind"];

/// The rows of the size table that an organization is asked: outside health care those on staff and IT.
pub fn size_rows(catalog: &Catalog, sector: Sector) -> impl Iterator<Item = &SizeAttribute> {
    let asked = move |row: &&SizeAttribute| {
        sector == Sector::HealthCare || !OF_HEALTH_CARE.contains(&row.id.as_str())
    };
    catalog.sizes.attributes.iter().filter(asked)
}

impl Home {
    /// Changes the organization's record, all of it or nothing, and returns the one now in force.
    pub async fn change(
        &self,
        change: Change,
        by: By<'_>,
        now: Timestamp,
    ) -> Result<Organization, ChangeError> {
        let mut record = self.organization_record().await?;
        if let Some(name) = change.name {
            record.name = name;
        }
        for (attribute, value) in change.attributes {
            let size = self.column(&attribute, &value)?;
            record.attributes.insert(attribute, size);
        }
        record.attributes.retain(|row, _| !change.forget.contains(row));
        if let Some(size) = change.size {
            record.chosen_size = size;
        }
        for given in change.domains {
            let name = asepsis_collect::email::domain_name(&given)
                .map_err(|why| ChangeError::Domain { given, why: why.to_string() })?;
            if !record.domains.contains(&name) {
                record.domains.push(name);
            }
        }
        for given in change.drop_domains {
            let name = given.trim().trim_end_matches('.').to_lowercase();
            if !record.domains.contains(&name) {
                return Err(ChangeError::NotYours { given, known: record.domains.join(", ") });
            }
            record.domains.retain(|known| *known != name);
        }
        record.domains.sort();
        for id in change.adopt {
            if self.catalog.sub_practice(&id).is_none() {
                return Err(ChangeError::SubPractice(id));
            }
            if !record.adopted.contains(&id) {
                record.adopted.push(id);
            }
        }
        record.adopted.retain(|id| !change.drop_adopted.contains(id));
        record.sites.retain(|site| !change.drop_sites.contains(&site.name));
        for site in change.sites {
            record.sites.retain(|known| known.name != site.name);
            record.sites.push(site);
        }
        if let Some(sector) = change.sector {
            record.sector = sector;
        }
        if let Some(revenue) = change.revenue {
            if let Some(it) = revenue.filter(|it| *it > MAX_REVENUE) {
                return Err(ChangeError::Revenue(it));
            }
            record.revenue = revenue.filter(|it| *it > 0);
        }
        if let Some(zone) = change.zone {
            jiff::tz::TimeZone::get(&zone).map_err(|_| ChangeError::Zone(zone.clone()))?;
            record.zone = zone;
        }
        let (author, person) = self.by(by).await?;
        let records = person.into_iter().chain([Record::Organization(record.clone())]);
        self.record(records.map(|record| (author.clone(), record)).collect(), now).await?;
        Ok(record)
    }

    /// The column of a row: said, or from a number.
    fn column(&self, attribute: &str, value: &str) -> Result<Size, ChangeError> {
        let rows = &self.catalog.sizes.attributes;
        let row = rows.iter().find(|row| row.id == attribute).ok_or_else(|| {
            let known: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            ChangeError::Attribute { given: attribute.to_owned(), known: known.join(", ") }
        })?;
        let by_number = || Some(row.bounds?.column(value.parse().ok()?));
        value.parse().ok().or_else(by_number).ok_or_else(|| ChangeError::Column {
            attribute: attribute.to_owned(),
            given: value.to_owned(),
            number: if row.bounds.is_some() { ", or a number" } else { "" },
        })
    }
}
