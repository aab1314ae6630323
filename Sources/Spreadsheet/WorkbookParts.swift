/// Which sheets a workbook has, and where each stands in its archive.
struct WorkbookContents {
    private(set) var sheets: [(name: String, path: String)] = []
    private(set) var startsIn1904 = false

    init(_ book: [UInt8], links: [UInt8]) throws(WorkbookFault) {
        var paths: [String: String] = [:]
        let linkWalk = MarkupWalk()
        linkWalk.starts = { name, attributes in
            guard name == "Relationship", let id = attributes["Id"],
                let target = attributes["Target"]
            else { return }
            // From the archive's root, or from the folder of the workbook.
            paths[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        }
        try linkWalk.walk(links)

        var sheets: [(name: String, path: String)] = []
        var startsIn1904 = false
        let bookWalk = MarkupWalk()
        bookWalk.starts = { name, attributes in
            if name == "workbookPr" {
                startsIn1904 = ["1", "true"].contains(attributes["date1904"])
            }
            guard name == "sheet", attributes["state"] ?? "visible" == "visible",
                let link = attributes.first(where: { $0.key.hasSuffix(":id") })?.value,
                let path = paths[link]
            else { return }
            sheets.append((attributes["name"] ?? "", path))
        }
        try bookWalk.walk(book)
        self.sheets = sheets
        self.startsIn1904 = startsIn1904
    }
}

/// The texts that cells refer to by number.
enum SharedTexts {
    static func read(_ part: [UInt8]) throws(WorkbookFault) -> [String] {
        var texts: [String] = []
        var text = ""
        var isText = false
        var isReading = false
        let walk = MarkupWalk()
        walk.starts = { name, _ in
            switch name {
            case "si": text = ""
            case "t": isText = true
            case "rPh": isReading = true  // how a Japanese reader pronounces it
            default: break
            }
        }
        walk.text = { part in
            if isText, !isReading, text.utf8.count < 4 * Workbook.textMax { text += part }
        }
        walk.ends = { name throws(WorkbookFault) in
            switch name {
            case "si":
                if texts.count == Workbook.cellsMax { throw .tooLarge }
                texts.append(text)
            case "t": isText = false
            case "rPh": isReading = false
            default: break
            }
        }
        try walk.walk(part)
        return texts
    }
}

/// Which styles show a number as a day or an hour, by the style's number.
enum DayStyles {
    static func read(_ part: [UInt8]) throws(WorkbookFault) -> [Bool] {
        var formats: [Int: Bool] = [:]
        var styles: [Bool] = []
        var isCellStyle = false
        let walk = MarkupWalk()
        walk.starts = { name, attributes in
            switch name {
            case "numFmt":
                if let id = attributes["numFmtId"].flatMap({ Int($0) }) {
                    formats[id] = showsDay(attributes["formatCode"] ?? "")
                }
            case "cellXfs": isCellStyle = true
            case "xf" where isCellStyle:
                let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
                styles.append(formats[id] ?? (14...22 ~= id || 45...47 ~= id))
            default: break
            }
        }
        walk.ends = { name in
            if name == "cellXfs" { isCellStyle = false }
        }
        try walk.walk(part)
        return styles
    }

    /// Whether a format holds a day's, a month's, a year's or an hour's letter outside texts, colours and escapes.
    static func showsDay(_ code: String) -> Bool {
        var isQuoted = false
        var isBracketed = false
        var isEscaped = false
        for letter in code.lowercased() {
            if isEscaped {
                isEscaped = false
            } else if letter == "\"" {
                isQuoted.toggle()
            } else if isQuoted {
                continue
            } else if letter == "\\" || letter == "_" {
                isEscaped = true
            } else if letter == "[" {
                isBracketed = true
            } else if letter == "]" {
                isBracketed = false
            } else if !isBracketed, "dmyhs".contains(letter) {
                return true
            }
        }
        return false
    }
}
