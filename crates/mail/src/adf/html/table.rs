use super::{
    super::node::{Block, Cell, Row},
    Flow, Id, Reader, Style,
};
use crate::html::{Tree, is_hidden};

/// A table of data becomes a table, one that only places things on the page becomes its content.
pub(super) fn read(reader: &Reader<'_>, id: Id, style: &Style, flow: &mut Flow) {
    let rows = rows(reader.tree, id);
    if !is_data(reader, id, &rows) {
        flow.end_paragraph();
        for child in reader.tree.children(id) {
            reader.node(*child, style, flow);
        }
        flow.end_paragraph();
        return;
    }
    // What stands in a table outside of its cells is read before it.
    let mut outside = Flow::default();
    for node in loose(reader.tree, id) {
        reader.node(node, style, &mut outside);
    }
    flow.blocks(outside.finish());
    let rows: Vec<Row> = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| read_cell(reader, *cell, style))
                .collect()
        })
        .collect();
    flow.block(Block::Table(rows));
}

fn read_cell(reader: &Reader<'_>, id: Id, style: &Style) -> Cell {
    let tree = reader.tree;
    let span = |name| {
        tree.attribute(id, name)
            .and_then(|span| span.trim().parse::<u32>().ok())
            .unwrap_or(1)
            .clamp(1, 50)
    };
    let inner = reader.inner_style(id, style);
    Cell {
        header: tree.name(id) == "th",
        colspan: span("colspan"),
        rowspan: span("rowspan"),
        blocks: reader.content(id, &inner),
    }
}

/// The cells of each row, not those of tables within.
fn rows(tree: &Tree, table: Id) -> Vec<Vec<Id>> {
    let mut rows = Vec::new();
    let mut groups: Vec<Id> = vec![table];
    while let Some(group) = groups.pop() {
        let mut inner = Vec::new();
        for child in tree.children(group) {
            match tree.name(*child) {
                "tbody" | "thead" | "tfoot" if !is_hidden(tree, *child) => inner.push(*child),
                "tr" if !is_hidden(tree, *child) => rows.push((*child, cells(tree, *child))),
                _ => {}
            }
        }
        groups.extend(inner.into_iter().rev());
    }
    // Node numbers grow in the order of the document.
    rows.sort_by_key(|(id, _)| *id);
    rows.into_iter()
        .map(|(_, cells)| cells)
        .filter(|cells| !cells.is_empty())
        .collect()
}

fn cells(tree: &Tree, row: Id) -> Vec<Id> {
    let is_cell = |id: &Id| matches!(tree.name(*id), "td" | "th") && !is_hidden(tree, *id);
    tree.children(row).iter().copied().filter(is_cell).collect()
}

/// Children of the table, its groups and rows that are none of these.
fn loose(tree: &Tree, table: Id) -> Vec<Id> {
    let mut found = Vec::new();
    let mut stack = vec![table];
    while let Some(id) = stack.pop() {
        for child in tree.children(id) {
            match tree.name(*child) {
                "tbody" | "thead" | "tfoot" | "tr" if !is_hidden(tree, *child) => {
                    stack.push(*child);
                }
                "td" | "th" | "colgroup" | "col" => {}
                _ => found.push(*child),
            }
        }
    }
    found.sort_unstable();
    found
}

/// A table of data has rows and columns, cells of a few words each, and shows its lines or its header cells.
fn is_data(reader: &Reader<'_>, id: Id, rows: &[Vec<Id>]) -> bool {
    let tree = reader.tree;
    let role = tree.attribute(id, "role").unwrap_or_default();
    let nested = tree
        .below(id)
        .iter()
        .any(|below| tree.name(*below) == "table");
    if nested || role.eq_ignore_ascii_case("presentation") || role.eq_ignore_ascii_case("none") {
        return false;
    }
    let filled = |row: &&Vec<Id>| row.iter().filter(|cell| reader.has_words(**cell)).count() >= 2;
    let full_rows = rows.iter().filter(filled).count();
    if rows.iter().map(Vec::len).max().unwrap_or(0) < 2 || full_rows == 0 {
        return false;
    }
    let cells = || rows.iter().flatten();
    let has_header = cells().any(|cell| tree.name(*cell) == "th" && reader.has_words(*cell));
    if has_header || has_border(tree, id) || cells().any(|cell| has_border(tree, *cell)) {
        return true;
    }
    let words: usize = cells()
        .map(|cell| tree.text_below(*cell).trim().chars().count())
        .sum();
    full_rows >= 2 && full_rows * 2 > rows.len() && words / cells().count().max(1) <= 60
}

fn has_border(tree: &Tree, id: Id) -> bool {
    let border = tree.attribute(id, "border").map(str::trim);
    if border.is_some_and(|border| border != "0" && tree.name(id) == "table") {
        return true;
    }
    let style = tree
        .attribute(id, "style")
        .unwrap_or_default()
        .to_ascii_lowercase();
    style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .any(|(property, value)| {
            let property = property.trim();
            let line = property == "border"
                || property == "border-width"
                || property == "border-bottom"
                || property == "border-top";
            let value = value.trim();
            line && !value.starts_with("none")
                && !value.starts_with('0')
                && !value.contains("medium none")
                && !value.is_empty()
        })
}
