private import Foundation
private import FoundationXML

/// An element of an XML document as others wrote it.
struct XML: Sendable {
    let name: String
    let attributes: [String: String]
    /// In the document's order.
    let children: [XML]
    /// What stands in it outside its children, without the space around it.
    let text: String

    func child(_ name: String) -> XML? { children.first { $0.name == name } }
}

/// Reads XML through Foundation's parser (libxml2), under limits that hold before memory or stack is spent. A document
/// type is refused before the parser sees it: entities that expand or fetch are declared nowhere else.
enum XMLReader {
    static let depthMax = JSONReader.depthMax
    /// Elements and attributes together.
    static let valuesMax = JSONReader.valuesMax

    /// Of one element: the parser compares each with every other.
    static let attributesMax = 1_000

    /// The root of the document in `bytes`, which are valid UTF-8 whatever their declaration says.
    static func read(_ bytes: [UInt8]) throws(HardwareRefusal.Cause) -> XML {
        if bytes.holds("<!DOCTYPE") || bytes.holds("<!ENTITY") { throw .expands }
        if Markup.hasLongTag(bytes, most: attributesMax) {
            throw .tooManyValues(most: attributesMax)
        }
        let builder = XMLBuilder()
        let parser = XMLParser(data: Data(Markup.withoutDeclaration(bytes)))
        parser.delegate = builder
        parser.shouldResolveExternalEntities = false
        let isRead = parser.parse()
        switch builder.cause {
        case nil:
            if isRead, let root = builder.root { return root }
            throw .truncated(line: lines(in: bytes))
        case .malformed? where !isClosed(bytes, builder.rootName):
            throw .truncated(line: lines(in: bytes))
        case let cause?: throw cause
        }
    }

    /// Whether the document ends as its root does: what does not was cut, whatever the parser stumbled over first.
    private static func isClosed(_ bytes: [UInt8], _ rootName: String) -> Bool {
        let end = bytes.lastIndex { !" \t\r\n".utf8.contains($0) } ?? 0
        return !rootName.isEmpty
            && bytes[...end].reversed().starts(with: "</\(rootName)>".utf8.reversed())
    }

    private static func lines(in bytes: [UInt8]) -> Int {
        bytes.count { $0 == UInt8(ascii: "\n") } + 1
    }
}

extension [UInt8] {
    /// Whether the text stands anywhere in them.
    func holds(_ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard let first = wanted.first else { return true }
        var rest = self[...]
        while let place = rest.firstIndex(of: first) {
            if rest[place...].starts(with: wanted) { return true }
            rest = rest[(place + 1)...]
        }
        return false
    }
}

/// Puts the tree together while the parser walks the document, and stops it at a limit.
private final class XMLBuilder: NSObject, XMLParserDelegate {
    private(set) var root: XML?
    private(set) var rootName = ""
    private(set) var cause: HardwareRefusal.Cause?
    private var open: [Opened] = []
    private var values = 0

    private struct Opened {
        let name: String
        let attributes: [String: String]
        var children: [XML] = []
        var text = ""
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        values += 1 + attributes.count
        if open.count == XMLReader.depthMax {
            stop(parser, .tooDeep)
        } else if values > XMLReader.valuesMax {
            stop(parser, .tooManyValues(most: XMLReader.valuesMax))
        } else {
            if rootName.isEmpty { rootName = name }
            open.append(Opened(name: name, attributes: attributes))
        }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if !open.isEmpty { open[open.count - 1].text += text }
    }

    func parser(_ parser: XMLParser, foundCDATA bytes: Data) {
        if !open.isEmpty { open[open.count - 1].text += String(decoding: bytes, as: UTF8.self) }
    }

    func parser(
        _ parser: XMLParser,
        didEndElement name: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        guard let closed = open.popLast() else { return }
        let element = XML(
            name: closed.name,
            attributes: closed.attributes,
            children: closed.children,
            text: closed.text.trimmed
        )
        if open.isEmpty {
            root = root ?? element
        } else {
            open[open.count - 1].children.append(element)
        }
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        let place = (line: max(1, parser.lineNumber), column: max(1, parser.columnNumber))
        stop(parser, .malformed(line: place.line, column: place.column))
    }

    /// The first cause stands.
    private func stop(_ parser: XMLParser, _ cause: HardwareRefusal.Cause) {
        guard self.cause == nil else { return }
        self.cause = cause
        parser.abortParsing()
    }
}
