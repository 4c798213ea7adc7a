//! Packet filter rules: what happens to an incoming packet that no rule names.

use serde_json::Value;

/// What a rule set does with incoming packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// Any rule or policy looks at incoming packets.
    pub(super) filtered: bool,
    /// What no rule names is refused.
    pub(super) default_deny: bool,
}

/// Reads `nft -j list ruleset` (libnftables-json(5)): base chains on the hook `input`.
pub(super) fn nft(json: &[u8]) -> Result<Input, String> {
    let root: Value = serde_json::from_slice(json).map_err(|_| "nft gave no JSON".to_owned())?;
    let items = root.get("nftables").and_then(Value::as_array).ok_or("nft gave no rules")?;
    let mut input = Input { filtered: false, default_deny: false };
    for chain in items.iter().filter_map(|item| item.get("chain")) {
        let text = |key: &str| chain.get(key).and_then(Value::as_str).unwrap_or_default();
        if text("hook") != "input" || text("type") != "filter" {
            continue;
        }
        let rules: Vec<&Value> = items
            .iter()
            .filter_map(|item| item.get("rule"))
            .filter(|rule| {
                ["family", "table"].iter().all(|key| rule.get(key) == chain.get(key))
                    && rule.get("chain") == chain.get("name")
            })
            .collect();
        let refuses = text("policy") == "drop" || rules.last().is_some_and(|rule| ends_all(rule));
        input.filtered |= refuses || !rules.is_empty();
        input.default_deny |= refuses;
    }
    Ok(input)
}

/// Whether a rule refuses every packet that reaches it: only counters, logs and a verdict.
fn ends_all(rule: &Value) -> bool {
    let Some(steps) = rule.get("expr").and_then(Value::as_array) else { return false };
    let is = |step: &Value, keys: &[&str]| keys.iter().any(|key| step.get(key).is_some());
    steps.iter().all(|step| is(step, &["counter", "log", "drop", "reject"]))
        && steps.iter().any(|step| is(step, &["drop", "reject"]))
}

/// Reads `iptables -S INPUT`.
pub(super) fn iptables(text: &str) -> Input {
    let mut input = Input { filtered: false, default_deny: false };
    let mut last = "";
    for line in text.lines().map(str::trim) {
        match line.strip_prefix("-P INPUT ") {
            Some(policy) => input.default_deny |= policy == "DROP",
            None if line.starts_with("-A INPUT ") => {
                input.filtered = true;
                last = line;
            }
            None => {}
        }
    }
    let ending = last.strip_prefix("-A INPUT ").unwrap_or_default();
    input.default_deny |= ending.starts_with("-j DROP") || ending.starts_with("-j REJECT");
    input.filtered |= input.default_deny;
    input
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_or_a_last_rule_refuses_the_rest() {
        let chain = |policy: &str, rules: &str| {
            format!(
                r#"{{"nftables": [{{"metainfo": {{"version": "1.0.6"}}}},
                {{"chain": {{"family": "inet", "table": "filter", "name": "input", "type": "filter",
                "hook": "input", "prio": 0, "policy": "{policy}"}}}}{rules}]}}"#
            )
        };
        let rule = |expr: &str| {
            format!(
                r#",{{"rule": {{"family": "inet", "table": "filter", "chain": "input", "expr": {expr}}}}}"#
            )
        };
        let of = |json: String| nft(json.as_bytes()).unwrap();
        assert_eq!(of(chain("drop", "")), Input { filtered: true, default_deny: true });
        assert_eq!(of(chain("accept", "")), Input { filtered: false, default_deny: false });
        let last = rule(r#"[{"counter": {}}, {"reject": null}]"#);
        assert!(of(chain("accept", &last)).default_deny);
        let one = rule(r#"[{"match": {}}, {"drop": null}]"#);
        assert_eq!(of(chain("accept", &one)), Input { filtered: true, default_deny: false });
        assert!(nft(b"").is_err() && nft(b"{}").is_err() && nft(b"\xff\x00").is_err());
    }

    #[test]
    fn the_older_rules_are_read_too() {
        assert!(iptables("-P INPUT DROP\n").default_deny);
        assert!(
            iptables("-P INPUT ACCEPT\n-A INPUT -i lo -j ACCEPT\n-A INPUT -j DROP\n").default_deny
        );
        let open = iptables("-P INPUT ACCEPT\n-A INPUT -s 1.2.3.4/32 -j DROP\n");
        assert_eq!(open, Input { filtered: true, default_deny: false });
        assert_eq!(iptables(""), Input { filtered: false, default_deny: false });
    }
}
