private import Foundation

/// The text in small letters without accents: “Téléphone” as “telephone”.
func unaccented(_ text: String) -> String {
    let plain = text.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars
        .filter { $0.properties.generalCategory != .nonspacingMark }
    return String(String.UnicodeScalarView(plain))
}
