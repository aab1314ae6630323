import Crypto
import CryptoExtras
import Postgres
import Shop
