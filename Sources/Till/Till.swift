import CZint
import Hummingbird
import Mustache
import Store
