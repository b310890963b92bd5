import { createPrivateKey, createPublicKey, generateKeyPair } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeFolder } from "../durable/store-error.ts";

/**
 * RSA-2048 private keys (PKCS#8 DER, base64) of the merchants of a seeded sandbox, so that no test has to wait for prime numbers.
 *
 * Anybody can read them, so they are worth nothing: they sign calls to a sandbox in memory, and no service knows their ids.
 * Sandboxes without a seed or with a data folder have keys of their own, and a certificate authority is always made anew, because
 * people put it among those that they trust.
 */
const TEST_KEYS: readonly string[] = [
  "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCta+8qMzcprHCdClV/Tl4/PuK39nClWYYMYv2+lXJVp1BmFtGSUlRaGYsqPCra" +
    "m78zdmbAEy0z56Xbq3X3Xy3qkPIZ1m44kJr4ux62byuU+6srtpiCJUvaIV3HbIkz3s4NOf1U1PA21rFgOTzJqV4c7dxZI5/LhnOd9l7juBS2uIEG" +
    "kveN9eM3cwV1obgXZoiTNuNfM2OU049uEFGStAh4G+lL/odi6MrmQl52wJ/zuZ2wmdvq8Y3Fitp12o0MXxS5wzGs4Q6UTUxkHVMWJZuLJaLR/Paq" +
    "FbF4Nv8wX08kSuC9lS4t64AcnEZZE/1uv1QcOuSepjviN/PlBJlaUV7ZAgMBAAECggEAF9rArWqZlCUo4WUeQRJv0t3M1Fa1BH2Vu4bzVd+bOE55" +
    "N+28GpcyDKm2U5Mupt7lFEhdVl7c6SacUSTa53HDcGBLOQQeqa+0bXHZxejxUv8yOqNVg5NrRWAxFOEoV0b2y2l2YBChUT3DbNO6uZePP0X1uRo2" +
    "HQoLxcbxovu7d62bnwuU9YlL2B3Z8iwjTcWB7Gh6vaaj1W3F4hNOLXUrc5Y5ktdIVekUxaPWkcajVX5rQ2+FVlWcyCQtn5kxkM0uA8VLOcqr9KZT" +
    "uQ6E8BopZZkNJ50yDPXboaXoOlKbkVQYRz5+2NmaUY+cmwEFmPLz1Caye31FLLt/M7OyGDpxPQKBgQDqkJHyw4ibKoGac/4jtUYtjMSiITL6I5ht" +
    "x50VCq1RP4ibTtWAICAe4l84pNwx1xyraOezpxqq9m/RI/r2IhSaPrqLu1O8Vv1E/W1XldNFCD7lSJZooa8JoeSoaxSJxbhT0MrFrWhTpr1Mum3Y" +
    "jJe5HssNnF1TQYiz5pKnpvtq7QKBgQC9RPnwvtyXJfaQNs34pQmGdH9/jPN/lWgpYsXIL00jUxRwhqcd/Of2E+aMrlM8UcRKn3rffgyncz8jBrk5" +
    "9G3abnHa/touJMwU6Fo8MC/gigCVF+mihkqf0IqkLUTA9JKasDXMpP2tbMOsQOHyelvkbIzPHbllLkks8o5u2i0KHQKBgBiDbU1ClAcrRQogLyIK" +
    "MsBV4sLS12H+0FJAtzDYwc4o5pzce0F9mf3ASJVB3WU0BuH+/5/tycKuKHdh3DtWynJoNdSeihy3tpY8Ke4qUT74oqIRmO5sXz+RdLUJI8dWK3JO" +
    "8rH/8lQzq7rWDN7BqqWFC1Fr0vD9e0zZvt/YepPtAoGAYDaHI+WyNze6Ljdd3w7uV6YzBgD96xZlO9yVFB1Phix+kHEy1OCyffpB0bPwZhJeyVxm" +
    "1uO5xQmlx8VsNVTW3xoT0LKK8LgN8nbnH/+S5v7gKupb/x1rI/Cb+bd1Yu0w9WesAZrBxf4rPg5BjcS7n9O6hLLkgtXTpwCqfRl1mdUCgYBWFCV1" +
    "FTsz27MEnNR/ePhNCtpApFiRqtrzHZOltLXcSVBQJGH/PujPTfU62XLNJZksHVovuiUUkCx/5xjqwgSB0+d9eVBb1GAHmLa9hb6GMba0YTEIwxH6" +
    "/Y3QnAcuvFIRi7h2HVsdAEP1oeUtP4J+d5ugqxVpQPKTp5mkEbGhFQ==",
  "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCb8pPdNeMxKPOfwSYAmSytaZyzGzqDXw/P1Oawox9uejG2ieep/iQOlDHUCP9H" +
    "+2KiYfYDg5F1QP22oXJwT3chGpYz3yeJVL5Z6J1Lul9undPpQGeEqYtnTl+2w2cwxgkzRUJJ442c/i1PJm4tk4DCp1WUP4H5ppyJyL58N2hucl13" +
    "9CU4C9PkmNq2hf3U/UGRnvO2xBu1OySVqhjUDbrqYqY7d79JuatgCHrX+aZX2hnqET1IaOPu/zLBLnWfQnCszUzrtvT7ST6jQqexLMLUU64iQlXV" +
    "SE/syFra27nvk31J1b1kglByd8ARaMsix1bmVWG42fr/OC7kVQ3bgNf9AgMBAAECggEADKQq0U07d/IyYXpWOskv4nTDs48a/Kg5j2baNmpas2lr" +
    "Wzktks2bnaTsrxv1mZ+qnLAlMZ66LU+R4XqP3MPMS94sW9MUkODSN1aQXaGjd8OKeId0fMADoWGsh5Oqaz06ZLISEAxGn/nIsXhTiRVCZEUNPmGx" +
    "hwu298JSkp4pNH6nWJVtCRiuiahaHqGdb7ss6LA7leQWjS2mHBxGKssYEUETgqNXVrpUiEUJARWZv09bGvH9L0afZ9yV/VEJt48UrgV5aifOVHob" +
    "zj0+KxGmxPoG68dv5J/9gRgUalFNYufjaqeN4G6XmV2L4aQD3ClSm6/UTyNjZdR4oRpjj8/aTwKBgQDU4o3+t4WliNbLoCxbZfeD3J2joDyH6h9y" +
    "qOOkThxoL5MPbkD07ngGTi+yQAMN7GRr6KF/V/fAn0xlnIrdpU1SqB4liGiHAVfbOd/YBfMDUc8KJU3Z/TiGhKlfJSjzmrFGnAdGMz8GxPB0XKCX" +
    "zhw3kKaIIUxvk8jYDtNmkospJwKBgQC7h/1V0mKvGd2ueH+OLY2mMqAB8d/DulQ64zD8aSllmk0O+QY3w7hqkHt0L6efe9CK7yT+6IY2J1dY5MnO" +
    "KM5i8ldVeUUCbj+JOQCuKbp3dlYYfhUM++Uunz6LzCrsGeNUmgz9AwcZZTDh4DRiEJgAter9NGVm7j+J1nH7/YBEOwKBgCRxYCNxoURUJ4kWM2G2" +
    "E+gT1TyUiqgtsRJ8zPNsl7pSIpeqpR4I0K0rp0iZYqx4gjxix3q4QWZNHtPqN294A8OZmgeM0XADD9osjyA47H/t+kZfWnNtwMZuYVwzTU5edeiD" +
    "f09KKIjtH8ibrrYuB3CPp6J4KNCU+PXbm97cSUxTAoGASzF97PmMxDUU5C5AxxuQ3oESE3WOiYae23XZYHwyMyEpoMVNLvL1cRU5yx6IkbQtrGez" +
    "Z9qIZhJkPaqPGHDYQGh3iDg16YGXTEhk83Cb6eazIuL7QdeGz6jehWN6Gm1O789NQe4C3LXsYcVqe5+3syE+dgSaXClPpM8tqSK+WZ0CgYEAw78Z" +
    "hGFvvij4/5g+NJZZ46WEMfxGcdg9U0HmdpHJnoAvaJ1v9KvVGBALEFIJnkZgIGP4lZTHr78MB0+0mMB2RdlHycfVMQoJobBcW/FiWGe7L0Jo97Xl" +
    "p/rsQxCES5tjEqKrp3eiG3udWOiB7nmir1o0W/SEuYsNMVBAj/e7Ado=",
  "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCyFzbmfhzOyYbRIaOIMQ1SaWgVinRetEbmh0Au4aTlRMsU0oFPDfi2GCfqQgOz" +
    "1PaDp0pRna/UK+5F/ldqYQJmYiwtrlj2+B6ZIzJBl5Fue7drMjVl56l0EEO4NfEbhhRtubSVEjI3P1tyX/GnjomzuKKMbJBjWqRsrTgCdThZeqo9" +
    "NLanZq6MfO+1hIoQ3MzFjxtZeHthgI/0U0X5f6tXivwVHE8GkBSrM+y9xEPtfbIQCRGYQOzEIYUUSmwbSckTnOpfAkVEL6xlLdpfv/Jhu1E1SenE" +
    "7H2Vax4AohMEkypa9Oj0Ppsb4bZh8FupXoMVm7x8Qd1Oz73J2LdLMUmNAgMBAAECggEAANVke6Qz+NDPKXvtksXeANh+9PjarhXMbihMZ9vFBJCz" +
    "naOVmNvhIeMPjsRj1Yvl4nxeN+8Tw1u4SAoWeSg+lWGYwNb70h4bsI5OXim6M8ju9Ri9UL6Kl8E6u+o+uGkCf/f6TSdSZllM0YZ68FSVtupikmMw" +
    "stJaCisuY66ORrbu/sznB7sl3TV6kU+3c+IomwKEbBau8ICJ3/av+zALF/BaMyzRELQ92M1nsogCQEYuXw7YOq5jbtDX4MDKq6z+evzqcT2aDUgk" +
    "756+6eQ8nf5mQ4HGtgF7aAP9UfA/jAQFos748oaflCQfpTgT/D7clzJjXEm729JLiGYA5QkjWQKBgQD4/TKD3xH/YwnZFytqqqm/1YB8os5ukTU2" +
    "FIdIC4nFIJquyfhUzQZEHe8IMwgG/1D8j4waxFdTcuukkIf+KKAQBp9oDlvYVMKV8iIS/0kANBNAzYAoARQvN4vmWxDMxaIeoNLiUCy/va0IpYUx" +
    "vChMx8M12M9UIU3E8EgPzgMTpQKBgQC3GvTHONjhxaSDfps/3QffGu8sFRbvqHZu8eV97fCoQ4CQc8+yBLSLCdMvSa0wYnFwPita8/HZaFj5rfi9" +
    "QgRZt75Zf/ltqIinpm2aMjrZyKlPSKrntennt+HbsnIzChkvwSLbCWjFqE/62ubsu+RajvV6mVqg6p1s5nhqiKDZyQKBgQDW1JAbXAMJWYiLuQQK" +
    "+smP7UT5RPfcSomg6cF3lgz++wy7tyP+9w9rAnDVoEJS10QnRivahIHcTJGo4dOUpbTFXxF3FLyGQUvLWKmxvnZcKJJcHXNwEM47ly+sR/KM3BDv" +
    "YE/UWNzja2K6zSXJLdGPveRet3zb2Ahj3fYvPM9GyQKBgQCT1m3gFGP4Fg24JZbPv3RFjIejPfvg0FGfTiuOu3hdQvMgroD5KJdk0y/xtDjjIfiZ" +
    "OXjj3KZedMOyA+cbV5wPnC1SMeN/yF1djyBbKUce48bfvrpOjzAl6O+w5KkT0Il5ZyTvWO+A915sGiXs6d97xoUo0Xy9A/DLJmH/EgVdEQKBgDAn" +
    "V5qNZSrheda4VaJCAGk/YU5dqR+ACrgk7r3haW0vM66lF63JyuLaywQ7pwuvgm4FGVDbZXlfETZqT2HoN/9ANrCbloKRVWdM8HuORh051/tEzA3C" +
    "TmYqkzpWU2QKKdqQ61Iean9RmE9OJufxgJCghgsCxlJePip9QW24Rber",
  "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7oUldyfTjlcSduG6jVELRqIeLt/9ZRdM4DP5sJvd2Q7HKGk0E++GqEahtg935" +
    "d8nPME/B3LWYTo/9EVS+azeynHybDhqxzNOYGG35KPKoROv5A1nlULYWGCG6h3ijPvp0ayvJrOXtnSpt+inurIlz5oCSUXUrY9pDpTEtea8GIqsa" +
    "I3c1lGM2NXqqkr/ytNZt6FaCk7UbQRNy0MSO+hKOP08680vGB2eW0DP3N65hfO9SxUmdEZ+IgV+iWJk+MxZgQA2M06OdTv9QaHSe6pajNNJQsP7u" +
    "sr1VA93OXq4wBEbuGvcTTC8GnJXooNMNNLIOhhxKLqpUwvGf4u1wjFldAgMBAAECggEAJ/lgQpmU0Wnmlj2lYKnChJ11p1g/kDr2maH3EH6qySj5" +
    "91dsIkwxk0So0BBAmfYh6kDeNSy7CaRvO9jV5627E5QQXg5+tHOxft1xjJxjOmNYrNhAbkEoUgO5J97V3l28CVKN5S0vXVTXJdAe3+klbaplqQau" +
    "wlxHM5M9q3UZy2H4+bCvn5yRBU65qelpz2WhPLrYdjK+cxkgp0YpfYzUQYfiidwXzZmQDUAGeJRR6w2MdrayTs3WW0vt9IZSBs6eW+RxP0gu+iE5" +
    "mHCLA98Xn4l0VKvVRV7eBDu/v8075kw4NmKdSRN9fYNEMqPp72TUn5Vg3KwtkGm97jmCAHp9dwKBgQDluLzXe5q5JJBtKfVEBM38tifGAwp22qxp" +
    "H7UTgNEp3GjX8xKH9x62Q3GLa0c1pY2VRehC+LVzvwXdfGBpgBTWNo029TUKVr9IXuC6n9BMk5BU5tju1rDl5XepjWVoG3grGwmNhgwsLHR5lCSf" +
    "GJUOT58vNYWd0+16SjCK2fgTAwKBgQDRF+vNZvhSzn+DQVvN/9ygV22+FkD27sTyCwmQE4RSH1u2iAwmuJkSJ8JLgTCWqwWOD7PMuOklAoapF6LB" +
    "Iq6ZAQt1Ap0ZhaElnAXvZfMuZDg7/hP7bTvtp9u0SPMeZNoFuE1mllIbPMi/VA1gcHrJTAjKoO4hT8X+krKqRxIEHwKBgDNA2nFBVK4GKGsSt3Qr" +
    "lkHR6mHVf9oww9LYjjABx6kNUh8MTpAjZKjJt2Wh08t2WnZ5mG6IywM+FXLrMx+Wwg9hMHSYlPLvk9HzyTQaQAE10zf+IVx4bhN89QvRTlTB/Dex" +
    "2pnG1KRubrZJhTox49/DiAKicGNcS1nDf70bEKw9AoGBAI5JzweKSPZg29lAQu8ebM8Yb+/pSPBBb/ieljVbcrJH8Kt4TXyUJmZ6c/fZxGzjmPYh" +
    "rWNlehLbczPih7kSluo8EcXgr3PMwerMECXnpOMvBC2fK43vudZyYkp/UiKe0tcNom5rYRhz9tBsrGWyZXxSp7DsbuBwXvZscfT6REJVAoGAAvff" +
    "RhiUyJoftqEWSXFq9JVBgcM+YF4AgIFdIWWFXxA8x0WGTWEKORdh1ePOGaBI0f44u4OPNElwpBwK15i+SJ03rk2wOTd7G3WzGT9Jqs6nyyJQnhC6" +
    "2T6SVNZp4K5zvBBdU3fMdD0rKA4/G6P8le100/JbccvO3Rj1NCrT4gE=",
  "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCnZ4yVcwHZcdDGBfyM6HmWWgRpn81HkFCebkzbVRuvVTwvRcMxKHQn2n30ZMk5" +
    "nxep9A3ZOgvTRYGbAzTF3fB36wPH0LMukEitWXrMV8J8XSX9QgfyuqrmGgngMmG0S02Xg2VRelUj4NZlOz3OHxyjhc+51N7L+OTZDz4D9OCKLpM/" +
    "SCQKDE624wpyiqlG++cWo07jBdkxRJvGe14xi4CVMwIPuTUiePeoAV1+pgjLee+5El05vPSWxUN+Unyt13/y/4d2ferVsIGllrO5KiP3BdCawLQy" +
    "uSMHwbltnq6XhUyN3wx/YeH9g4uPkTxdutnbUtmkRL9t+aFtcfpeBYgHAgMBAAECggEAQZzByp+hdW75E2wsQLQrV6UffqCeDjL/jiEQKZUxfSaM" +
    "qMCQkRdYc3hdDqlj/xweY8Pem6n3EY74DeATUow64F1yBWKEoDb37U2ZZjbtaN3/ckRrphTIv9grz74fclFjb4OV9fnbHe1VSqcOAdhK2sKrGJxY" +
    "2JxMYdDqDxXu3eliB0I5oQ8qgGKTqXYpwZSUhTOQLdh4s2mDG52vvNtvF8RvJqA4g5I6pY7Qi5gbSEAICOT1Pry6SksEu/B8YrcQU6w0h9uOKJms" +
    "1xkTiAtZHwpx+KWji9C1q57fwDOsTctO3vta5/+dOnzGIdxT0baDUZh3FftMqxQGvtfAuUdEiQKBgQDTjfN4GzVdrrXnaewFHfvMft8gKDQZg0NE" +
    "hfgNBcK8+FRAzrwPy+Dg+7mFkldyjFl9DiKv/jQoaHC+y1gGZk6hJ4B6ibyFc2tWca1kkEgHPx8HEzGS0mfGfQlNfuWqeaQRCjS0R3RUBoxhzTHO" +
    "oCxaS60FzO9yRzDmI6vJQbMN3wKBgQDKkxNQRlsf0X7Lo3pqnf3ip268ySJrsxsahBTqpFwvvYth5oQNuaHMb5neySoJYQYp9EN3mMofICFKioNN" +
    "KU6qokAWEXxIzcsli06Q13CMmz4ggnwyiejjvymqTlXdtPLAateO1dvujB8Y1IMKooojQH9TZpIDxUqk9wTRzq362QKBgCdJxnx4uRlz185pSm7M" +
    "2bVpnnBvZvWR/g0cwCtS9Y54o9UBT8WzPEksFpEq01ivnfLujByZHgCfHMkiJG/T0ih1mJOpPryd6cI9DFGPxgCqhU2gD+XPc3xWPkMJHQfi3UhY" +
    "197fIkh0it+i5uwTrQj74t8f5xwXAorK9x1COUmLAoGACAYzaaafzW7a+u4K11ZSzDudo1TETEfX9wDsYy8Hh8yWTNZ4vKJxyktRaQXG6IAzYk4O" +
    "rhobR4haST2bXd8ZAqFSsI0YwzmDpoUSI6KlDqzHlToV+VqFIyBbYiegNxwH0Z9p0nqeL6DVSoKAfldZ6XOQl5kkh4m1Hzu5sSXitmECgYBzXDDj" +
    "ic73TD1AMI2oHE34qrOFnwUgxtF7gDpVyWAfjJWMeAreYb+/+/3AxHPOt0csDCjEAimQE2jJlw7XW2j9HdHtDuoEemaazmOJidty140bANGJBf52" +
    "z5Mlqmqawd17wLnXshXCYsOUodx6jDxKB4BPAN0RJZ675Rx2jyYgEQ==",
  "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQDE+qP5X6OetwXSrBomnSTfvMHcAROPmb3F7psvvY6baOqrf+hXulo5HbdraTqq" +
    "XxA78A/FOJLNgsGjPRnv/j3P08NmKg3fmAqGVNE2r4XIdSerJN9EjH9i9KRVpbFDLbbiAgAhrYmcQ6vnqMBiIyYWqFPwMi4AsZSaZTePoNT+Duh/" +
    "EDcKI0pF3kJFtgLU0Ak2Fy3klCe5GYJfQdMkHMS79XubutrvEreGTrDSFMeoyFY9bWgpaMvl3KOvXDOvyNNj8ffSrCw/htRTdz+2arI9UMjoHDMS" +
    "fY3ZTi6Gawi9nCxjjYL/qKy/SPgxBxBetnbYIc01C50GT5DNaNMURULvAgMBAAECggEAGTavVDrdQfInK9MoGnGP/Zb28OyEWU5ydQpjUTuVgagZ" +
    "gxqsHhqg9OGsZPKDILlquw6x/hU37q1s5YfAhltIBI5p2xhz+SnIOG9VQ7I4+4f01sUxUmAc6DOXcM0flmacxmuUzRAeZrhfd0I/CfDPgyPzG/JY" +
    "YsdYVbZcuST6+TVWgvgXl4813VuRbUbcr+zdEso5/4E3BeElBT27vDH9+21j+U1Z0mjpxxBBaBiO3yDQBwvGGsnF2/VR4w9M1nGC7YgJ3oN0pZGf" +
    "VtXDHeN4hTB3XVtUJ4T1C++VBEUBJHqhJF9Za1bWQV2IYwzHsydSOU4PIucCgMU0U17dnQUWwQKBgQD5YAsDMTnL5zA+1446aJzjdpek6xZHCU8K" +
    "6rgBg/JQVS7VQyaQZlq2AWY3x0avm1zKkozDIl/2n0VapTSIFxsYEohVC/LVXPsLE40eExzlOWCnZhrIbGEusnVflxlvjS7CXFTfePN+Z2CpDZUD" +
    "P8epxoPEG8gfP8KuzfzY045gwQKBgQDKNkLAwkeeq3T1btQAD6qVwpymQOERBGs9/EjPB2By3OKCb+ooDBiusTuQ1vKvPfTbJxeE89VBWp1aSldc" +
    "Zy9gO/74/qQgF2NEjIDiumRqonfIBIuUtKImagfcjg+qHxNN/lDRyfgSJRKwcEllMwW6W7LDZ5h/ph60RrkzYOnfrwKBgGlf8SdXLLIBrfxP/5Sk" +
    "0e64FRomEJLR1ymoxzo0tDbH1/Nb3bbU2W3hJ31YYoEf6FTdGkf2hZBj+t1zw7/h65v/cMZnNyR7lsU2bMIRl3sxBKuX1KduTJ574GcVJTVi9ihA" +
    "9cg8hr+aFVk6GQZ3c/pEnTdH+gdiXPSarEY/FwHBAoGAfY6FklTPzajenYqsXkFcBVNqmxyL41ogEMP2nX4SGCApER7WgPlJ1ia8OqoM1F0fDXjP" +
    "dMFGOCdArxCcAAcd9p4qKodKd5auD6FCYgWkVkX9JBgWZ0ZlrH6H1R3sghB7lyEDI9BJlVKpsR53pDuzIczQSd6oZRJL3FpRoqJZdYcCgYByHaWu" +
    "Ybe3EXap6Vvoi4prGIRNXGhUpk6dQrkpF9KzsEJR43ocsZ8M6pp7Y55jwCmVfV1qDbCvuzKhZBaO3PCAdO9OUaVgtiQ3tz6d03iVmuuS59dzQAZ9" +
    "gU7s2L7MLYjL9D7TLqIBCje1CucBaoNjneM6WT/JfX1XQOfW1OeeCw==",
];

/** An RSA key pair as PEM texts. */
export interface KeyPair {
  /** PKCS#8. */
  readonly privateKeyPem: string;
  /** SPKI. */
  readonly publicKeyPem: string;
}

const generate = promisify(generateKeyPair);

/** A fresh RSA-2048 key pair. */
async function makeKeyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generate("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { privateKeyPem: privateKey, publicKeyPem: publicKey };
}

const pool: Promise<KeyPair>[] = [];

/**
 * Key pair number `slot` of this process, made on first use.
 *
 * Sandboxes that live in memory share them: finding the primes takes longer than everything else that a sandbox does
 * when it starts, and a simulation starts thousands.
 */
function sharedKeyPair(slot: number): Promise<KeyPair> {
  const known = pool[slot];
  if (known !== undefined) return known;
  const made = makeKeyPair();
  pool[slot] = made;
  return made;
}

/** Key pair number `slot` of a sandbox with a seed: published test keys first, then those of this process. */
function seededKeyPair(slot: number): Promise<KeyPair> {
  const known = TEST_KEYS[slot];
  if (known === undefined) return sharedKeyPair(slot);
  const key = createPrivateKey({ key: Buffer.from(known, "base64"), format: "der", type: "pkcs8" });
  return Promise.resolve({
    privateKeyPem: key.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKeyPem: createPublicKey(key).export({ type: "spki", format: "pem" }).toString(),
  });
}

/** Private keys of the merchants, by public key id. They are no part of the state: a snapshot holds none of them. */
export interface KeyRing {
  privateKeyOf(publicKeyId: string): string | undefined;
  /** Where the private key lies; undefined where keys are in memory only. */
  fileOf(publicKeyId: string): string | undefined;
  keep(publicKeyId: string, privateKeyPem: string): void;
  /** A key pair for the next key. */
  next(): Promise<KeyPair>;
}

/** Where the key pairs of a sandbox without a data folder come from: a seed makes them the same everywhere. */
export function keySource(seeded: boolean): () => Promise<KeyPair> {
  let slot = 0;
  return () => {
    slot += 1;
    return seeded ? seededKeyPair(slot - 1) : sharedKeyPair(slot - 1);
  };
}

/** Keys that end with the process. */
export function memoryKeyRing(next: () => Promise<KeyPair>): KeyRing {
  const keys = new Map<string, string>();
  return {
    privateKeyOf: (publicKeyId) => keys.get(publicKeyId),
    fileOf: () => undefined,
    keep: (publicKeyId, privateKeyPem) => {
      keys.set(publicKeyId, privateKeyPem);
    },
    next,
  };
}

/** Keys as PEM files in a folder, readable by their owner only. Default: every key pair is a new one. */
export function folderKeyRing(folder: string, next: () => Promise<KeyPair> = makeKeyPair): KeyRing {
  makeFolder(folder);
  const fileOf = (publicKeyId: string): string => join(folder, `${publicKeyId}.pem`);
  return {
    privateKeyOf: (publicKeyId) => {
      const file = fileOf(publicKeyId);
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    },
    fileOf: (publicKeyId) => {
      const file = fileOf(publicKeyId);
      return existsSync(file) ? file : undefined;
    },
    keep: (publicKeyId, privateKeyPem) => {
      writeFileSync(fileOf(publicKeyId), privateKeyPem, { mode: 0o600 });
    },
    next,
  };
}
