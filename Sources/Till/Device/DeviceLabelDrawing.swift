public import Shop
public import Store

/// A device's label as a drawing of 62 × 29 mm, for printers that take no page: number, what it is, QR and Code 128.
public enum DeviceLabelDrawing {
    /// An SVG document. Texts that are longer than the label is wide end in "…". In a demonstration it says so.
    /// - Parameter origin: where passports are read; nil puts the number alone into the QR.
    public static func svg(
        of card: DeviceCard,
        at origin: String? = nil,
        in language: Language,
        isDemonstration: Bool
    ) -> String {
        let row = card.device
        let name = [row.maker, row.model].filter { !$0.isEmpty }.joined(separator: " ")
        let price = row.price.map { Written.cents($0, in: language) } ?? ""
        let sale = [row.grade?.name(in: language), price].compactMap { $0 }.joined(separator: " · ")
        var lines = [
            text(row.label, y: 5.6, size: 4.6, weight: 700, most: 14),
            text(
                name.isEmpty ? row.kind.name(in: language) : name,
                y: 9.4,
                size: 2.6,
                weight: 600,
                most: 26
            ),
            text(row.details(in: language), y: 13, size: 2.4, weight: 400, most: 30),
            text(sale, y: 17.2, size: 3.2, weight: 700, most: 22),
        ]
        if isDemonstration {
            lines.append(text(Demonstrated.mark, y: 19.6, size: 2, weight: 700, most: 20))
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="62mm" height="29mm" viewBox="0 0 62 29" \
            font-family="Inter, DejaVu Sans, sans-serif"><rect width="62" height="29" fill="#fff"/>\
            \(placed(Barcode.qr(Passports.address(of: row.label, card.passport, at: origin) ?? row.label), x: 1, y: 1, width: 18, height: 18))\
            \(lines.joined())\
            \(placed(Barcode.code128(row.label), x: 1.5, y: 20.5, width: 59, height: 7))</svg>

            """
    }

    private static func text(_ text: String, y: Double, size: Double, weight: Int, most: Int)
        -> String
    {
        let shown = text.count > most ? text.prefix(most - 1) + "…" : text[...]
        return """
            <text x="20.5" y="\(y)" font-size="\(size)" font-weight="\(weight)">\(escaped(shown))</text>
            """
    }

    private static func placed(
        _ drawing: Markup,
        x: Double,
        y: Double,
        width: Double,
        height: Double
    ) -> String {
        drawing.description.replacing(
            "<svg ",
            with: "<svg x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" ",
            maxReplacements: 1
        )
    }

    private static func escaped(_ text: Substring) -> String {
        String(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
            ">",
            with: "&gt;"
        )
    }
}
