/// The tree of `lshw -xml` in the shape of `lshw -json`.
enum LshwXML {
    /// Whether the root is one: a list of nodes, before version B.02.15 the node itself.
    static func recognises(_ root: XML) -> Bool {
        let first = root.name == "list" ? root.child("node") : root.name == "node" ? root : nil
        return first?.attributes["class"] != nil && first?.attributes["id"] != nil
    }

    static func json(of root: XML) -> JSON {
        root.name == "list"
            ? .list(root.children.filter { $0.name == "node" }.map(node)) : node(root)
    }

    /// As deep as the reader of XML lets a document be.
    private static func node(_ element: XML) -> JSON {
        var fields = element.attributes.mapValues { JSON.text($0) }
        var names: [JSON] = []
        var children: [JSON] = []
        for child in element.children {
            switch child.name {
            case "node": children.append(node(child))
            case "logicalname": names.append(.text(child.text))
            case "configuration": fields[child.name] = settings(child, of: "value")
            case "capabilities": fields[child.name] = settings(child, of: nil)
            case "size":
                fields[child.name] = .number(child.text)
                fields["units"] = child.attributes["units"].map { .text($0) }
            default: fields[child.name] = child.children.isEmpty ? .text(child.text) : nil
            }
        }
        fields["logicalname"] = names.isEmpty ? nil : .list(names)
        fields["children"] = children.isEmpty ? nil : .list(children)
        return .object(fields)
    }

    /// What each id is set to; where `attribute` is nil, its own text.
    private static func settings(_ element: XML, of attribute: String?) -> JSON {
        var fields: [String: JSON] = [:]
        for setting in element.children {
            guard let id = setting.attributes["id"] else { continue }
            fields[id] = .text(attribute.map { setting.attributes[$0] ?? "" } ?? setting.text)
        }
        return .object(fields)
    }
}
