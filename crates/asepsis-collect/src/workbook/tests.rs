//! Workbooks as office programs write them, and files that only pretend to be workbooks.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Limits, Row, Sheet, WorkbookError};

const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="p"><Relationship Id="rId1" Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with these sheets (state, XML inside `sheetData`), shared strings and styles.
fn book(sheets: &[(&str, &str)], strings: &str, styles: &str) -> Vec<u8> {
    let (mut tabs, mut related, mut parts) = (String::new(), String::new(), Vec::new());
    for (at, (state, data)) in sheets.iter().enumerate() {
        let n = at + 1;
        tabs += &format!(r#"<sheet name="Sheet &amp; {n}" sheetId="{n}"{state} r:id="s{n}"/>"#);
        related += &format!(
            r#"<Relationship Id="s{n}" Type="http://x/worksheet" Target="/xl/worksheets/sheet{n}.xml"/>"#
        );
        let xml = format!(
            "<worksheet><dimension ref=\"B5:A1\"/><sheetData>{data}</sheetData></worksheet>"
        );
        parts.push((format!("xl/worksheets/sheet{n}.xml"), xml));
    }
    related += r#"<Relationship Id="t" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="u" Type="x/styles" Target="styles.xml"/>"#;
    parts.push(("_rels/.rels".to_owned(), ROOT.to_owned()));
    let workbook = format!("<x:workbook xmlns:x=\"m\"><sheets>{tabs}</sheets></x:workbook>");
    parts.push(("xl/workbook.xml".to_owned(), workbook));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships>{related}</Relationships>"),
    ));
    let strings = format!("<sst uniqueCount=\"18446744073709551615\">{strings}</sst>");
    parts.push(("xl/sharedStrings.xml".to_owned(), strings));
    let styles = format!("<styleSheet>{styles}</styleSheet>");
    parts.push(("xl/styles.xml".to_owned(), styles));
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    archive(&parts)
}

fn one_sheet(data: &str) -> Vec<u8> {
    book(&[("", data)], "", "")
}

fn read(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    super::read(bytes, &Limits::default())
}

fn rows(bytes: &[u8]) -> Vec<(u32, String)> {
    let sheets = read(bytes).unwrap();
    let all = sheets.iter().flat_map(|it| &it.rows);
    all.map(|Row { number, cells }| (*number, cells.join("|"))).collect()
}

fn said(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

#[test]
fn cells_come_out_as_people_see_them() {
    let strings = "<si><t>plain</t></si>\
        <si><r><rPr><b/></rPr><t xml:space=\"preserve\">two </t></r><r><t>runs</t></r></si>\
        <si><t>\u{6771}</t><rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh></si>\
        <si><t>a &lt;&#98;&gt; _x000D_\nnew_x0041_ _xyz</t></si><si/>";
    let styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd;@\"/></numFmts>\
        <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"9\"/></cellXfs>";
    let first = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>\
        <row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>in</t><r><t>line</t></r></is></c>\
        <c r=\"C3\" s=\"7\"/><c r=\"D3\" t=\"s\"><v>4</v></c></row>\
        <row><c><f>1+1</f><v>2</v></c><c t=\"str\"><f>A1</f><v>a &amp; b</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c></row>\
        <row r=\"9\" spans=\"1:4\"><c r=\"A9\" s=\"1\"><v>46350</v></c><c r=\"B9\" s=\"2\" t=\"n\"><v>46350.5</v></c>\
        <c r=\"C9\" s=\"3\"><v>0.5</v></c><c r=\"D9\"><v>6.0</v></c><c r=\"E9\" t=\"d\"><v>2026-11-24T00:00:00</v></c></row>\
        <row r=\"10\"><c r=\"A10\" t=\"s\"><v>3</v></c></row><row r=\"1048576\"><c r=\"A1048576\"/></row>";
    let hidden = "<row><c><v>1</v></c></row>";
    let bytes = book(&[("", first), (" state=\"veryHidden\"", hidden)], strings, styles);
    let sheets = read(&bytes).unwrap();
    let names: Vec<&str> = sheets.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Sheet & 1", "Sheet & 2"]);
    let expected = [
        (1, "plain|two runs|\u{6771}"),
        (3, "|inline"),
        (4, "2|a & b|TRUE|#N/A"),
        (9, "2026-11-24|2026-11-24 12:00|50%|6|2026-11-24"),
        (10, "a <b> \nnewA _xyz"),
        (1, "1"),
    ];
    assert_eq!(rows(&bytes), expected.map(|(row, cells)| (row, cells.to_owned())));
}

#[test]
fn a_cell_at_each_corner_takes_no_more_room_than_two() {
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
        <row r=\"1048576\"><c r=\"BL1048576\"><v>2</v></c></row>";
    let found = rows(&one_sheet(far));
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].0, 1_048_576);
    let wide = said(&one_sheet("<row r=\"1\"><c r=\"XFD1048576\"><v>2</v></c></row>"));
    assert!(wide.contains("XFD1048576") && wide.contains("64"), "{wide}");
}

#[test]
fn more_than_is_read_is_refused_by_name() {
    let row = "<row><c><v>1</v></c></row>";
    assert_eq!(rows(&one_sheet(&row.repeat(20_000))).len(), 20_000);
    let many = said(&one_sheet(&row.repeat(20_001)));
    assert!(many.contains("more rows") && many.contains("20000"), "{many}");
    // Rows count over all sheets.
    let both = row.repeat(10_001);
    assert!(read(&book(&[("", &both), ("", &both)], "", "")).is_err());
    let long = format!("<row><c t=\"str\"><v>{}</v></c></row>", "é".repeat(4_000));
    assert!(read(&one_sheet(&long)).is_ok());
    let long = said(&one_sheet(&long.replace("é</v>", "éé</v>")));
    assert!(long.contains("A1 holds 4001 characters"), "{long}");
    let sheets = vec![("", row); 21];
    assert!(said(&book(&sheets, "", "")).contains("21 sheets"));
    // One shared text, shown by very many cells.
    let shared = format!("<si><t>{}</t></si>", "x".repeat(4_000));
    let cells = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(60)).repeat(200);
    assert!(said(&book(&[("", &cells)], &shared, "")).contains("more text"));
    let limits = Limits { file: 10, ..Limits::default() };
    assert!(super::read(&one_sheet(row), &limits).unwrap_err().to_string().contains("bytes"));
}

#[test]
fn a_million_rows_are_refused() {
    // Their parts unpack to more than 32 MiB.
    let bytes = one_sheet(&"<row><c><v>1</v></c><c><v>2</v></c></row>".repeat(1_000_000));
    assert!(matches!(read(&bytes), Err(WorkbookError::TooLarge { .. })));
}

#[test]
fn a_bomb_is_stopped_while_it_unpacks() {
    let bomb = archive(&[("_rels/.rels", ROOT.as_bytes()), ("xl/media/a.png", &vec![0; 80 << 20])]);
    assert!(bomb.len() < 100_000);
    let said = said(&bomb);
    assert!(said.contains("unpack to more than"), "{said}");
    // Sizes in the directory say one byte; the bytes themselves are counted.
    let mut liar = bomb;
    let directory = liar.windows(4).rposition(|it| it == b"PK\x01\x02").unwrap();
    liar[directory + 24..directory + 28].copy_from_slice(&[1, 0, 0, 0]);
    assert!(read(&liar).is_err());
    let names: Vec<String> = (0..201).map(|at| format!("xl/a{at}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|it| (it.as_str(), &b"<a/>"[..])).collect();
    assert!(read(&archive(&parts)).unwrap_err().to_string().contains("201 parts"));
}

#[test]
fn document_types_and_entities_are_refused_in_every_part() {
    let mut laughs = "<!DOCTYPE lolz [<!ENTITY lol0 \"lol\">".to_owned();
    for at in 1..10 {
        laughs += &format!("<!ENTITY lol{at} \"{}\">", format!("&lol{};", at - 1).repeat(10));
    }
    laughs +=
        "]><worksheet><sheetData><row><c t=\"str\"><v>&lol9;</v></c></row></sheetData></worksheet>";
    let outside = "<!doctype a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
    let wide: Vec<u8> = outside.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for content in [laughs.as_bytes(), outside.as_bytes(), &wide] {
        for name in ["xl/worksheets/sheet1.xml", "docProps/app.xml", "customXml/item1.xml"] {
            let bytes = archive(&[("_rels/.rels", ROOT.as_bytes()), (name, content)]);
            let said = said(&bytes);
            assert!(said.contains("entities") && !said.contains("root:"), "{said}");
        }
    }
    // An entity that nobody declared.
    let said = said(&one_sheet("<row><c t=\"str\"><v>&nbsp;</v></c></row>"));
    assert!(said.contains("entities"), "{said}");
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for name in ["../../etc/passwd", "/etc/passwd", "xl/../../a.xml", "C:\\a.xml", "xl\\..\\a.xml"]
    {
        let bytes = archive(&[("_rels/.rels", ROOT.as_bytes()), (name, b"<a/>")]);
        assert!(said(&bytes).contains("a part has the name"), "{name}");
    }
    let twice =
        archive(&[("_rels/.rels", ROOT.as_bytes()), ("xl/a.xml", b"<a/>"), ("XL/A.xml", b"<b/>")]);
    assert!(said(&twice).contains("same name"));
    // A target outside of the archive leads to a part that is not there.
    let root = ROOT.replace("xl/workbook.xml", "../../../etc/passwd");
    assert!(said(&archive(&[("_rels/.rels", root.as_bytes())])).contains("no part"));
}

#[test]
fn macros_and_passwords_are_refused_politely() {
    let bytes = archive(&[("_rels/.rels", ROOT.as_bytes()), ("xl/vbaProject.bin", b"x")]);
    assert_eq!(read(&bytes), Err(WorkbookError::Macros));
    let mut locked = one_sheet("");
    // The flag of encryption: bit 0 of the general purpose flags, in the directory (APPNOTE 4.4.4).
    let directory = locked.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    locked[directory + 8] |= 1;
    assert_eq!(read(&locked), Err(WorkbookError::Password));
}

#[test]
fn what_is_no_workbook_is_called_by_its_name() {
    let compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    let mut locked = compound.to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&locked), Err(WorkbookError::Password));
    let word = archive(&[("_rels/.rels", ROOT.as_bytes()), ("word/document.xml", b"<a/>")]);
    let ods = archive(&[("mimetype", b"application/x"), ("content.xml", b"<a/>")]);
    let binary = archive(&[("_rels/.rels", ROOT.as_bytes()), ("xl/workbook.bin", b"x")]);
    let zip = archive(&[("photo.jpg", b"x")]);
    for (bytes, what) in [
        (&b""[..], "empty"),
        (&compound, "(.xls)"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf \n<HTML><table>", "web page"),
        (b"<?xml version=\"1.0\"?><Workbook/>", "XML"),
        (b"{\"format\": 1}", "JSON"),
        (b"Id,Question\na,b", "CSV"),
        (b"Id;Question", "CSV"),
        (b"hello", "plain text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "something else"),
        (&word, "Word"),
        (&ods, ".ods"),
        (&binary, ".xlsb"),
        (&zip, "archive"),
    ] {
        let said = said(bytes);
        assert!(said.contains(what) && said.contains(": "), "{what}: {said}");
    }
}

#[test]
fn a_workbook_cut_off_anywhere_is_damaged() {
    let strings = "<si><t>plain</t></si>".repeat(50);
    let bytes = book(&[("", &"<row><c t=\"s\"><v>0</v></c></row>".repeat(50))], &strings, "");
    for end in (0..bytes.len()).step_by(97) {
        let error = read(&bytes[..end]).unwrap_err();
        assert!(end == 0 || matches!(error, WorkbookError::Damaged(_)), "{end}: {error}");
    }
}

#[test]
fn broken_parts_are_errors() {
    for data in [
        "<row r=\"0\"/>",
        "<row r=\"9999999\"/>",
        "<row><c r=\"A0\"><v>1</v></c></row>",
        "<row><c r=\"ZZZ1\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>0</v></c></row>",
        "<row><c t=\"wrong\"><v>0</v></c></row>",
        "<row><c></row>",
        "</sheetData></worksheet><worksheet><a",
    ] {
        assert!(matches!(read(&one_sheet(data)), Err(WorkbookError::Damaged(_))), "{data}");
    }
    let deep = format!("<row>{}", "<c>".repeat(200_000));
    assert!(read(&one_sheet(&deep)).is_err());
    let wide: String = (0..100_000).map(|at| format!(" a{at}=\"\"")).collect();
    assert!(read(&one_sheet(&format!("<row{wide}/>"))).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_sheet_makes_it_panic(
        data in "(<row( r=\"[0-9]{1,8}\")?>|</row>|<c( r=\"[A-Z]{1,4}[0-9]{1,3}\")?( t=\"(s|b|n|d|str|inlineStr)\")?( s=\"[0-9]\")?>|</c>|<v>|</v>|<is>|</is>|<t>|[0-9.e-]{1,20}|_x[0-9A-F]{3,5}_|&[a-z#0-9]{1,5};|é){0,30}",
        styles in "(<cellXfs>|<xf numFmtId=\"[0-9]{1,3}\"/>|<numFmt numFmtId=\"16[0-9]\" formatCode=\"[ymdhs%;_*]{0,8}\"/>){0,8}",
    ) {
        let _ = read(&book(&[("", &data)], "<si><t>a</t></si>", &styles));
        let _ = read(&book(&[("", "")], &data, ""));
    }

    #[test]
    fn no_changed_byte_makes_it_panic(at in 0_usize..2_000, byte in any::<u8>()) {
        let mut bytes = one_sheet("<row><c t=\"str\"><v>a</v></c></row>");
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = read(&bytes);
    }
}
