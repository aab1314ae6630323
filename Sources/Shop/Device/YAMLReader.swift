private import Yams

/// Reads YAML through Yams (libyaml), into the same values as JSON and under the same limits. Anchors are refused before
/// the parser sees them: a few lines of them expand without end.
enum YAMLReader {
    static let depthMax = JSONReader.depthMax

    static func read(_ text: String) throws(HardwareRefusal.Cause) -> JSON {
        if hasAnchor(text) { throw .expands }
        if let cause = excess(in: text) { throw cause }
        let node: Node?
        do {
            node = try Parser(yaml: text, encoding: .utf8).singleRoot()
        } catch {
            throw cause(error)
        }
        guard let node else { throw .empty }
        var values = 0
        return try json(of: node, depth: 1, values: &values)
    }

    /// Whether a node is named to be repeated: "&" that stands behind no word, and a name behind it.
    private static func hasAnchor(_ text: String) -> Bool {
        var before = UInt8(ascii: "\n")
        var isNamed = false
        for byte in text.utf8 {
            if isNamed, !" \t\r\n,]}".utf8.contains(byte) { return true }
            isNamed = byte == UInt8(ascii: "&") && !isWord(before)
            before = byte
        }
        return false
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// What would cost the parser more than it tells: brackets and dashes open levels, and no value stands without one
    /// of the marks that are counted here. Texts in quotation marks may hold some too, so there is room.
    private static func excess(in text: String) -> HardwareRefusal.Cause? {
        var depth = 0
        var dashes = 0
        var marks = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "-"), UInt8(ascii: "?"): dashes += 1
            case UInt8(ascii: " "): break
            default:
                dashes = 0
                if ",:\n".utf8.contains(byte) { marks += 1 }
            }
            if depth > 4 * depthMax || dashes > 4 * depthMax { return .tooDeep }
            if marks > JSONReader.valuesMax { return .tooManyValues(most: JSONReader.valuesMax) }
        }
        return nil
    }

    private static func cause(_ error: any Error) -> HardwareRefusal.Cause {
        guard let error = error as? YamlError else { return .malformed(line: 1, column: 1) }
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
            return .malformed(line: max(1, mark.line), column: max(1, mark.column))
        case .duplicatedKeysInMapping(_, let context):
            return .malformed(line: max(1, context.mark.line), column: max(1, context.mark.column))
        case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return .malformed(line: 1, column: 1)
        }
    }

    private static func json(
        of node: Node,
        depth: Int,
        values: inout Int
    ) throws(HardwareRefusal.Cause) -> JSON {
        if depth > depthMax { throw .tooDeep }
        values += 1
        if values > JSONReader.valuesMax { throw .tooManyValues(most: JSONReader.valuesMax) }
        switch node {
        case .scalar(let scalar): return plain(scalar)
        case .sequence(let sequence):
            var elements: [JSON] = []
            for element in sequence {
                elements.append(try json(of: element, depth: depth + 1, values: &values))
            }
            return .list(elements)
        case .mapping(let mapping):
            var fields: [String: JSON] = [:]
            for (key, value) in mapping {
                guard case .scalar(let name) = key else {
                    throw .malformed(line: key.line, column: 1)
                }
                fields[name.string] = try json(of: value, depth: depth + 1, values: &values)
            }
            return .object(fields)
        case .alias: throw .expands
        }
    }

    /// Numbers stay the text that they are: whoever reads one parses it.
    private static func plain(_ scalar: Node.Scalar) -> JSON {
        guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
        return switch scalar.string {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: .text(scalar.string)
        }
    }
}

extension Node {
    fileprivate var line: Int { max(1, mark?.line ?? 1) }
}
