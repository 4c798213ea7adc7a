//! The raw settings of a Microsoft 365 tenant, as ScubaGear copies them: what they say by themselves
//! about signing in and about administrators.

use serde_json::Value;

/// What raw settings say; `None`: they do not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Raw {
    /// By path of `tenant/1`.
    pub(super) says: Vec<(&'static str, bool)>,
    /// How many people are global administrators.
    pub(super) global_administrators: Option<i64>,
    /// How long a sign-in holds at most, in hours, where a policy for everybody says so.
    pub(super) session_hours: Option<i64>,
}

/// The authentication strength that only phishing-resistant methods have (Microsoft's built-in id).
const PHISHING_RESISTANT: &str = "00000000-0000-0000-0000-000000000004";

impl Raw {
    /// Reads the section `Raw` of a results file.
    pub(super) fn of(raw: &Value) -> Self {
        let mut it = Self::default();
        if let Some(policies) = raw.get("conditional_access_policies").and_then(Value::as_array) {
            let on: Vec<Policy<'_>> = policies.iter().map(Policy).filter(|it| it.is_on()).collect();
            let any = |holds: fn(&Policy<'_>) -> bool| on.iter().any(holds);
            it.says.push(("sign_in.mfa_everyone", any(|it| it.for_all() && it.asks_second_step())));
            it.says.push((
                "sign_in.mfa_phishing_resistant",
                any(|it| it.for_all() && it.strength() == Some(PHISHING_RESISTANT)),
            ));
            it.says.push(("sign_in.legacy_blocked", any(|it| it.blocks_legacy())));
            let hours = on.iter().filter(|it| it.for_all()).filter_map(Policy::session_hours);
            it.session_hours = hours.min();
        }
        if let Some(users) = raw.get("privileged_users").and_then(Value::as_object) {
            let global = users.values().filter(|user| {
                let roles = user.get("roles").and_then(Value::as_array);
                roles.is_some_and(|it| it.iter().any(|it| it == "Global Administrator"))
            });
            let global = i64::try_from(global.count()).unwrap_or(i64::MAX);
            // Without an answer the tool writes an empty list; a tenant has one administrator at least.
            if global > 0 {
                it.global_administrators = Some(global);
                it.says.push(("admins.in_range", (2..=8).contains(&global)));
                let synced = |user: &Value| {
                    user.get("OnPremisesImmutableId").is_some_and(|id| !id.is_null())
                };
                it.says.push(("admins.cloud_only", !users.values().any(synced)));
            }
        }
        it
    }

    /// What the settings say about a fact.
    pub(super) fn says(&self, path: &str) -> Option<bool> {
        self.says.iter().find(|(known, _)| *known == path).map(|(_, value)| *value)
    }
}

/// A conditional access policy.
struct Policy<'a>(&'a Value);

impl Policy<'_> {
    fn at(&self, path: &str) -> &Value {
        self.0.pointer(path).unwrap_or(&Value::Null)
    }

    fn list(&self, path: &str) -> Vec<&str> {
        let items = self.at(path).as_array();
        items.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// In force: a policy that only reports (`enabledForReportingButNotEnforced`) is not.
    fn is_on(&self) -> bool {
        self.at("/State") == "enabled"
    }

    /// For everybody and everything, without exceptions and conditions.
    fn for_all(&self) -> bool {
        let empty = |path: &str| match self.at(path) {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        let clients = self.list("/Conditions/ClientAppTypes");
        self.list("/Conditions/Users/IncludeUsers").contains(&"All")
            && self.list("/Conditions/Applications/IncludeApplications").contains(&"All")
            && (clients.is_empty() || clients.contains(&"all"))
            && [
                "/Conditions/Users/ExcludeUsers",
                "/Conditions/Users/ExcludeGroups",
                "/Conditions/Users/ExcludeRoles",
                "/Conditions/Users/ExcludeGuestsOrExternalUsers",
                "/Conditions/Applications/ExcludeApplications",
                "/Conditions/UserRiskLevels",
                "/Conditions/SignInRiskLevels",
                "/Conditions/Platforms",
                "/Conditions/Locations",
                "/Conditions/Devices",
            ]
            .iter()
            .all(|path| empty(path))
    }

    fn asks_second_step(&self) -> bool {
        let built_in = self.list("/GrantControls/BuiltInControls");
        // With OR beside another control the second step can be passed by.
        let alone = built_in.len() == 1 || self.at("/GrantControls/Operator") == "AND";
        built_in.contains(&"mfa") && alone || self.strength().is_some()
    }

    fn strength(&self) -> Option<&str> {
        self.at("/GrantControls/AuthenticationStrength/Id").as_str()
    }

    fn blocks_legacy(&self) -> bool {
        let clients = self.list("/Conditions/ClientAppTypes");
        self.list("/Conditions/Users/IncludeUsers").contains(&"All")
            && self.list("/Conditions/Applications/IncludeApplications").contains(&"All")
            && ["exchangeActiveSync", "other"].iter().all(|it| clients.contains(it))
            && self.list("/Conditions/Users/ExcludeUsers").is_empty()
            && self.list("/Conditions/Users/ExcludeGroups").is_empty()
            && self.list("/GrantControls/BuiltInControls").contains(&"block")
    }

    fn session_hours(&self) -> Option<i64> {
        if self.at("/SessionControls/SignInFrequency/IsEnabled") != true {
            return None;
        }
        let value = self.at("/SessionControls/SignInFrequency/Value").as_i64()?;
        match self.at("/SessionControls/SignInFrequency/Type").as_str()? {
            "hours" => Some(value),
            "days" => value.checked_mul(24),
            _ => None,
        }
    }
}
