import Foundation

@testable import Till

/// The texts of the templates, by name.
struct TemplateFolder {
    let texts: [String: String]

    init(texts: [String: String]) {
        self.texts = texts
    }

    init() throws {
        let folder = Pages.folder("Templates").path
        var texts: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: folder)!
        where path.hasSuffix(".mustache") {
            texts[String(path.dropLast(".mustache".count))] =
                try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
        }
        self.texts = texts
    }

    var names: Set<String> { Set(texts.keys) }
}

/// Follows a template's tags over the values that it is rendered with, as swift-mustache would, and
/// notes each tag that no value has. Sections over nothing are entered by another sample.
struct TemplateWalk {
    let templates: TemplateFolder
    private(set) var faults: Set<String> = []
    private(set) var templatesSeen: Set<String> = []
    private var sections: Set<String> = []
    private var entered: Set<String> = []

    init(templates: TemplateFolder) {
        self.templates = templates
    }

    mutating func walk(_ page: some Page, in shell: Shell, words: Words) {
        let root: [String: Any] = ["w": words.table, "shell": shell]
        walk(type(of: page).template, stack: [root, page], blocks: [:])
        if let sheet = page as? any Sheet {
            walk(type(of: sheet).sheet, stack: [root, page], blocks: [:])
        }
    }

    func sectionsNeverEntered() -> Set<String> {
        sections.subtracting(entered)
    }

    private mutating func walk(_ name: String, stack: [Any], blocks: [String: Block]) {
        guard let text = templates.texts[name] else {
            faults.insert("no template \(name)")
            return
        }
        templatesSeen.insert(name)
        var tags = tags(of: text)[...]
        walk(parse(&tags, until: nil), of: name, stack: stack, blocks: blocks)
    }

    private mutating func walk(
        _ nodes: [Node],
        of template: String,
        stack: [Any],
        blocks: [String: Block]
    ) {
        for node in nodes {
            switch node {
            case .value(let tag, let escaped):
                let found = find(tag, in: stack)
                let shown = escaped ? "{{\(tag)}}" : "{{{\(tag)}}}"
                if found == nil { faults.insert("\(template): \(shown) is no field") }
                if !escaped, let found, !(found is Markup) {
                    faults.insert("\(template): \(shown) is not markup of ours")
                }
            case .section(let tag, let inverted, let inner):
                walkSection(
                    tag,
                    inverted: inverted,
                    inner,
                    of: template,
                    stack: stack,
                    blocks: blocks
                )
            case .partial(let name):
                walk(name, stack: stack, blocks: blocks)
            case .inherit(let parent, let inner):
                var blocks = blocks
                for case .block(let name, let content) in inner where blocks[name] == nil {
                    blocks[name] = Block(template: template, nodes: content)
                }
                walk(parent, stack: stack, blocks: blocks)
            case .block(let name, let content):
                let block = blocks[name] ?? Block(template: template, nodes: content)
                walk(block.nodes, of: block.template, stack: stack, blocks: blocks)
            }
        }
    }

    private mutating func walkSection(
        _ tag: String,
        inverted: Bool,
        _ inner: [Node],
        of template: String,
        stack: [Any],
        blocks: [String: Block]
    ) {
        let shown = "\(template): {{\(inverted ? "^" : "#")\(tag)}}"
        sections.insert(shown)
        guard let found = find(tag, in: stack) else {
            faults.insert("\(shown) is no field")
            return
        }
        if found is Nothing, !tag.hasPrefix("."), shadows(tag, in: stack) {
            faults.insert("\(shown) would find an outer field when nil: write .\(tag)")
        }
        let list = found as? [Any]
        let isOn = !(found is Nothing) && (found as? Bool) != false && list?.isEmpty != true
        guard isOn != inverted else { return }
        entered.insert(shown)
        if inverted || found is Bool {
            walk(inner, of: template, stack: stack, blocks: blocks)
        } else if let list {
            for item in list {
                walk(inner, of: template, stack: stack + [item], blocks: blocks)
            }
        } else {
            walk(inner, of: template, stack: stack + [found], blocks: blocks)
        }
    }

    /// The value of a tag; `Nothing` for a field that is nil; nil when no value has such a field.
    private func find(_ tag: String, in stack: [Any]) -> Any? {
        if tag == "." { return stack.last }
        let names = tag.split(separator: ".").map(String.init)
        let objects = tag.hasPrefix(".") ? [stack.last!] : stack.reversed()
        for object in objects {
            guard var value = field(names[0], of: object) else { continue }
            for name in names.dropFirst() {
                if value is Nothing { return value }
                guard let next = field(name, of: value) else { return nil }
                value = next
            }
            return value
        }
        return nil
    }

    /// Whether a field of this name lies further out than the innermost one.
    private func shadows(_ tag: String, in stack: [Any]) -> Bool {
        guard let name = tag.split(separator: ".").first.map(String.init) else { return false }
        return stack.filter { field(name, of: $0) != nil }.count > 1
    }

    private func field(_ name: String, of object: Any) -> Any? {
        if let table = object as? [String: Any] { return table[name] }
        for (label, value) in Mirror(reflecting: object).children where label == name {
            let mirror = Mirror(reflecting: value)
            guard mirror.displayStyle == .optional else { return value }
            return mirror.children.first?.value ?? Nothing()
        }
        return nil
    }

    /// A field that is there and nil.
    private struct Nothing {}

    private struct Block {
        let template: String
        let nodes: [Node]
    }

    private indirect enum Node {
        case value(String, escaped: Bool)
        case section(String, inverted: Bool, [Node])
        case partial(String)
        case inherit(String, [Node])
        case block(String, [Node])
    }

    private func tags(of text: String) -> [(kind: Character, name: String)] {
        text.matches(of: /\{\{(\{?)([#^\/>&$<!]?)\s*([^}]*?)\s*\}?\}\}/).compactMap { match in
            let kind = match.1.isEmpty ? match.2.first ?? " " : "&"
            return kind == "!" ? nil : (kind, String(match.3))
        }
    }

    private func parse(
        _ tags: inout ArraySlice<(kind: Character, name: String)>,
        until end: String?
    ) -> [Node] {
        var nodes: [Node] = []
        while let tag = tags.popFirst() {
            switch tag.kind {
            case "/":
                precondition(tag.name == end, "\(tag.name) closes \(end ?? "nothing")")
                return nodes
            case "#":
                nodes.append(.section(tag.name, inverted: false, parse(&tags, until: tag.name)))
            case "^":
                nodes.append(.section(tag.name, inverted: true, parse(&tags, until: tag.name)))
            case "<": nodes.append(.inherit(tag.name, parse(&tags, until: tag.name)))
            case "$": nodes.append(.block(tag.name, parse(&tags, until: tag.name)))
            case ">": nodes.append(.partial(tag.name))
            case "&": nodes.append(.value(tag.name, escaped: false))
            default: nodes.append(.value(tag.name, escaped: true))
            }
        }
        return nodes
    }
}
