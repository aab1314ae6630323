import Shop

extension Language {
    /// Its name in itself, as the link that switches to it says.
    var ownName: String { choose("Français", "English") }
}
