import CZint

/// Codes that scanners and telephones read, drawn in whole modules so that no edge falls between two points of a
/// printer. Each holds its own quiet zone and its own white ground: it reads on any page, dark ones too.
enum Barcode {
    /// Code 128: what a shop's scanner reads. For printable ASCII, 80 characters at most.
    static func code128(_ text: String) -> Markup {
        precondition(
            text.utf8.count <= 80 && text.utf8.allSatisfy { 0x20...0x7E ~= $0 },
            "no Code 128 for this text"
        )
        return drawn(text, as: BARCODE_CODE128)
    }

    /// QR, never the Micro QR that telephones do not read. 500 bytes at most.
    static func qr(_ text: String) -> Markup {
        precondition(1...500 ~= text.utf8.count, "no QR code for this text")
        return drawn(text, as: BARCODE_QRCODE)
    }

    private static func drawn(_ text: String, as symbology: Int32) -> Markup {
        guard let symbol = ZBarcode_Create() else { preconditionFailure("no memory for a barcode") }
        defer { ZBarcode_Delete(symbol) }
        symbol.pointee.symbology = symbology
        symbol.pointee.input_mode = UNICODE_MODE
        symbol.pointee.show_hrt = 0
        symbol.pointee.height = 40
        symbol.pointee.output_options = BARCODE_QUIET_ZONES
        // Level M: a scratch over 15 % of the code does not matter.
        if symbology == BARCODE_QRCODE { symbol.pointee.option_1 = 2 }
        let bytes = Array(text.utf8)
        let status = ZBarcode_Encode_and_Buffer_Vector(symbol, bytes, Int32(bytes.count), 0)
        guard status < ZINT_ERROR, let vector = symbol.pointee.vector else {
            preconditionFailure("the barcode library refused a text within its limits: \(status)")
        }
        var path = ""
        var rectangle = vector.pointee.rectangles
        while let bar = rectangle?.pointee {
            let (width, height) = (modules(bar.width), modules(bar.height))
            path += "M\(modules(bar.x)) \(modules(bar.y))h\(width)v\(height)h-\(width)z"
            rectangle = bar.next
        }
        let (width, height) = (modules(vector.pointee.width), modules(vector.pointee.height))
        // Bars may be drawn longer or wider than high, a QR code may not.
        let ratio = symbology == BARCODE_QRCODE ? "xMidYMid" : "none"
        return Markup(
            drawnByUs: """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" \
                shape-rendering="crispEdges" preserveAspectRatio="\(ratio)" aria-hidden="true" focusable="false">\
                <path fill="#fff" d="M0 0h\(width)v\(height)h-\(width)z"/><path fill="#000" d="\(path)"/></svg>
                """
        )
    }

    /// The library draws a module two units wide.
    private static func modules(_ units: Float) -> Int {
        Int((units / 2).rounded())
    }
}
