//! Zones of firewalld: whether the default zone refuses what it does not name.

/// Whether a zone's file (firewalld.zone(5)) refuses the rest: its target is not ACCEPT, and it does
/// not open thousands of ports at once, as the zone of Fedora's desktops does.
pub(super) fn refuses(zone: &str) -> bool {
    let accepts = tags(zone, "zone").any(|tag| attribute(tag, "target") == Some("ACCEPT"));
    let wide = tags(zone, "port").filter_map(|tag| attribute(tag, "port")).any(is_wide);
    !accepts && !wide
}

/// A thousand ports are no rule for a service any more.
fn is_wide(ports: &str) -> bool {
    let Some((from, to)) = ports.split_once('-') else { return false };
    match (from.trim().parse::<u16>(), to.trim().parse::<u16>()) {
        (Ok(from), Ok(to)) => to.saturating_sub(from) >= 1000,
        _ => false,
    }
}

/// The opening tags of a name, outside comments.
fn tags<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    text.split("<!--")
        .enumerate()
        .map(
            |(at, piece)| if at == 0 { piece } else { piece.split_once("-->").map_or("", |p| p.1) },
        )
        .flat_map(|piece| piece.split('<').skip(1))
        .filter_map(move |tag| {
            let inside = tag.split_once('>')?.0;
            let rest = inside.strip_prefix(name)?;
            (rest.is_empty() || rest.starts_with([' ', '\t', '\n', '/'])).then_some(rest)
        })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after.strip_prefix(quote)?.split_once(quote)?;
        if before.trim() == name {
            return Some(value);
        }
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_that_opens_all_high_ports_does_not_refuse() {
        let public = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<zone>\n  <short>Public</short>\n  \
             <service name=\"ssh\"/>\n  <!-- <port port=\"1-65535\" protocol=\"tcp\"/> -->\n</zone>\n";
        assert!(refuses(public));
        let desktop = "<zone>\n<port protocol=\"udp\" port=\"1025-65535\"/>\n</zone>";
        assert!(!refuses(desktop));
        assert!(!refuses("<zone target=\"ACCEPT\">"));
        assert!(refuses("<zone target=\"DROP\"><port port=\"80\" protocol=\"tcp\"/></zone>"));
        assert!(refuses("<port port=") && refuses("<zone target=\"") && refuses("< = '"));
    }
}
