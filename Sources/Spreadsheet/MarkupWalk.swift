private import Foundation
private import FoundationXML
private import Shop

/// Walks an XML part of a workbook through Foundation's parser (libxml2) and tells what it meets, without a prefix. A
/// document type is refused before the parser sees it; depth and elements are bounded.
final class MarkupWalk {
    var starts: (_ name: String, _ attributes: [String: String]) throws(WorkbookFault) -> Void = {
        _,
        _ in
    }
    var text: (String) -> Void = { _ in }
    var ends: (_ name: String) throws(WorkbookFault) -> Void = { _ in }

    static let depthMax = 64
    static let elementsMax = 5_000_000
    /// Of one element: the parser compares each with every other.
    static let attributesMax = 1_000

    func walk(_ bytes: [UInt8]) throws(WorkbookFault) {
        let marks = ["<!DOCTYPE", "<!ENTITY"].map { Data($0.utf8) }
        // Another encoding would hide these from whoever looks for them.
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
            throw .damaged
        }
        let data = Data(Markup.withoutDeclaration(bytes))
        if marks.contains(where: { data.range(of: $0) != nil }) { throw .damaged }
        if Markup.hasLongTag(bytes, most: Self.attributesMax) { throw .tooLarge }
        let parser = XMLParser(data: data)
        let listener = Listener(self)
        parser.delegate = listener
        parser.shouldResolveExternalEntities = false
        let isRead = parser.parse()
        if let fault = listener.fault { throw fault }
        if !isRead || listener.depth != 0 || listener.elements == 0 { throw .damaged }
    }
}

private final class Listener: NSObject, XMLParserDelegate {
    private let walk: MarkupWalk
    private(set) var fault: WorkbookFault?
    private(set) var depth = 0
    private(set) var elements = 0

    init(_ walk: MarkupWalk) {
        self.walk = walk
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        depth += 1
        elements += 1
        if depth > MarkupWalk.depthMax || elements > MarkupWalk.elementsMax {
            return stop(parser, .tooLarge)
        }
        do throws(WorkbookFault) {
            try walk.starts(plain(name), attributes)
        } catch {
            stop(parser, error)
        }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        walk.text(text)
    }

    func parser(_ parser: XMLParser, foundCDATA bytes: Data) {
        walk.text(String(decoding: bytes, as: UTF8.self))
    }

    func parser(
        _ parser: XMLParser,
        didEndElement name: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        depth -= 1
        do throws(WorkbookFault) {
            try walk.ends(plain(name))
        } catch {
            stop(parser, error)
        }
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        stop(parser, .damaged)
    }

    private func plain(_ name: String) -> String {
        name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }

    /// The first fault stands.
    private func stop(_ parser: XMLParser, _ fault: WorkbookFault) {
        guard self.fault == nil else { return }
        self.fault = fault
        parser.abortParsing()
    }
}
